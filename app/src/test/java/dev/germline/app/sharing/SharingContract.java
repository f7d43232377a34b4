package dev.germline.app.sharing;

import static dev.germline.app.TestApp.unique;
import static dev.germline.app.http.ProblemAssert.assertProblem;
import static dev.germline.app.layers.Samples.foundation;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.app.TestApp;
import dev.germline.app.TestApp.Answer;
import dev.germline.app.TestApp.As;
import dev.germline.app.layers.Samples;
import dev.germline.app.sql.Database;
import dev.germline.core.Fault;
import dev.germline.core.substrate.EntityId;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What sharing promises over HTTP, on every SQL server it runs on. */
abstract class SharingContract {
  private static final String LAYERS = "/api/v1/layers";

  private final TestApp app = server();
  private final As ada = app.as("ada");
  private final As bob = app.as("bob");
  private final As admin = app.as("admin");
  private final String ns = unique("ns");

  /** The server of these tests. */
  abstract TestApp server();

  @Test
  void layersAreFoundByWordsAndByLikeness() {
    publish(described("reviewer", "Reviews pull requests of TypeScript projects thoroughly"));
    publish(described("poet", "Writes sonnets about the sea in Portuguese"));
    publish(described("other", "Answers questions about tax law politely"));

    assertThat(found(bob, "q=sonnets&namespace=" + ns)).containsExactly(ns + "/poet@1.0.0");
    assertThat(found(bob, "q=typescripting+reviewer&namespace=" + ns).getFirst())
        .isEqualTo(ns + "/reviewer@1.0.0");
    assertThat(found(bob, "namespace=" + ns))
        .containsExactly(ns + "/other@1.0.0", ns + "/poet@1.0.0", ns + "/reviewer@1.0.0");
    assertThat(found(bob, "q=zzzzqqqq&namespace=" + ns)).isEmpty();
    JsonNode item = bob.get("/api/v1/find?q=sonnets&namespace=" + ns).json().at("/items/0");
    assertThat(item.get("origin").asText()).isEqualTo("local");
    assertThat(item.get("score").asInt()).isPositive();
  }

  @Test
  void filtersNarrowWhatIsFound() {
    publish(
        foundation(ns + "/a@1.0.0")
            .member("\"capabilities\":[\"code-review\"]")
            .member("\"description\":\"first\""));
    publish(foundation(ns + "/b@1.0.0").member("\"description\":\"second\""));
    assertThat(found(bob, "capability=code-review&namespace=" + ns))
        .containsExactly(ns + "/a@1.0.0");
    assertThat(found(bob, "type=lora&namespace=" + ns)).isEmpty();
    assertThat(found(bob, "type=foundation&limit=1&namespace=" + ns)).hasSize(1);
    assertThat(found(bob, "license=MIT&namespace=" + ns)).isEmpty();
    assertThat(found(bob, "commercialUse=true&namespace=" + ns)).isEmpty();
    assertThat(found(bob, "metric=" + encode("retrieval:ndcg@10>=0.5") + "&namespace=" + ns))
        .isEmpty();
    for (double value : new double[] {0.4, 0.8}) {
      Answer measured =
          bob.post(
              LAYERS + "/" + ns + "/b/1.0.0/measurements",
              "{\"taskType\":\"retrieval\",\"metricType\":\"ndcg@10\",\"value\":" + value + "}");
      assertThat(measured.status()).as(measured.text()).isEqualTo(201);
    }
    assertThat(found(bob, "metric=" + encode("retrieval:ndcg@10>=0.5") + "&namespace=" + ns))
        .containsExactly(ns + "/b@1.0.0");
    assertThat(found(bob, "metric=" + encode("retrieval:ndcg@10<=0.5") + "&namespace=" + ns))
        .isEmpty();
    for (String wrong :
        List.of("limit=0", "limit=101", "scope=moon", "status=odd", "metric=x", "type=odd")) {
      assertThat(bob.get("/api/v1/find?" + wrong).status()).as(wrong).isBetween(400, 422);
    }
    assertThat(bob.get("/api/v1/find?scope=global&namespace=" + ns).json().get("peers")).isEmpty();

    say(ada, status("a", "yanked"));
    assertThat(found(bob, "namespace=" + ns)).containsExactly(ns + "/b@1.0.0");
    assertThat(found(bob, "status=yanked&namespace=" + ns)).containsExactly(ns + "/a@1.0.0");
  }

  @Test
  void whatIsHiddenIsNotFound() {
    publish(described("secret", "An unmistakable xylophone").visibility("private"));
    publish(described("shared", "Another xylophone").visibility("whitelist", "bob"));
    assertThat(found(ada, "q=xylophone&namespace=" + ns)).hasSize(2);
    assertThat(found(bob, "q=xylophone&namespace=" + ns)).containsExactly(ns + "/shared@1.0.0");
    assertThat(found(app.as("cy"), "q=xylophone&namespace=" + ns)).isEmpty();
    assertThat(found(app.as("cy"), "namespace=" + ns)).isEmpty();
    String hidden = LAYERS + "/" + ns + "/secret/1.0.0";
    assertProblem(bob.post(hidden + "/validate", ""), 404, Fault.LAYER_NOT_FOUND);
    assertProblem(bob.post(hidden + "/submissions", offer("bob", "1")), 404, Fault.LAYER_NOT_FOUND);
  }

  @Test
  void aValidationSaysWhatItChecked() {
    String good = ada.upload(Samples.safetensors(64));
    publish(
        foundation(ns + "/good@1.0.0")
            .file("model.safetensors", good)
            .member(
                "\"performance\":{\"benchmarkScores\":[{\"benchmark\":\"mteb\","
                    + "\"metric\":\"ndcg@10\",\"value\":0.5}]}"));
    JsonNode basic = validate("good", "basic");
    assertThat(basic.get("outcome").asText()).isEqualTo("passed");
    assertThat(basic.get("checks")).hasSize(3);
    JsonNode thorough = validate("good", "thorough");
    assertThat(outcome(thorough, "licences")).isEqualTo("failed");
    assertThat(outcome(thorough, "finite")).isEqualTo("passed");
    JsonNode all = validate("good", "comprehensive");
    assertThat(outcome(all, "benchmarks")).isEqualTo("not checked");

    String bad = ada.upload(floats(1, Float.NaN, 2, Float.POSITIVE_INFINITY));
    publish(foundation(ns + "/bad@1.0.0").file("model.safetensors", bad));
    JsonNode report = validate("bad", "thorough");
    assertThat(report.get("outcome").asText()).isEqualTo("failed");
    assertThat(outcome(report, "finite")).isEqualTo("failed");
    assertThat(report.toString()).contains("w: 2 numbers are NaN or infinite");
    assertProblem(
        bob.post(LAYERS + "/" + ns + "/bad/1.0.0/validate?level=deep", ""),
        400,
        Fault.INVALID_REQUEST);
  }

  @Test
  void anOfferIsReviewedByAnotherAndBecomesClaims() {
    publish(foundation(ns + "/base@1.0.0"));
    String layer = LAYERS + "/" + ns + "/base/1.0.0";
    assertProblem(bob.post(layer + "/submissions", offer("bob", "1")), 403, Fault.FORBIDDEN);
    assertProblem(
        ada.post(layer + "/submissions", offer("ada", "0.5", "bob", "0.4")),
        400,
        Fault.INVALID_REQUEST);
    Answer offered = ada.post(layer + "/submissions", offer("ada", "0.75", "bob", "0.25"));
    assertThat(offered.status()).as(offered.text()).isEqualTo(201);
    String id = offered.json().get("id").asText();
    assertProblem(ada.post(layer + "/submissions", offer("ada", "1")), 400, Fault.INVALID_REQUEST);

    String one = "/api/v1/submissions/" + id;
    assertProblem(bob.get(one), 404, Fault.NOT_FOUND);
    assertThat(bob.get("/api/v1/submissions").json().get("items").toString()).doesNotContain(id);
    assertProblem(ada.post(one + "/events", event("start-review")), 403, Fault.FORBIDDEN);
    assertProblem(admin.post(one + "/events", event("accept")), 400, Fault.INVALID_REQUEST);
    assertThat(admin.post(one + "/events", event("start-review")).status()).isEqualTo(200);
    assertThat(admin.post(one + "/events", event("request-changes")).status()).isEqualTo(200);
    assertThat(ada.post(one + "/events", event("resubmit")).status()).isEqualTo(200);
    assertThat(admin.post(one + "/events", event("start-review")).status()).isEqualTo(200);
    Answer accepted = admin.post(one + "/events", event("accept"));
    assertThat(accepted.json().get("state").asText()).isEqualTo("accepted");
    assertThat(accepted.json().get("history")).hasSize(6);
    assertProblem(admin.post(one + "/events", event("reject")), 400, Fault.INVALID_REQUEST);
    JsonNode claims = bob.get(layer + "/claims?kind=CONTRIBUTION").json().get("items");
    assertThat(claims).hasSize(2);
    assertThat(claims.toString()).contains("\"share\":\"0.75\"", "\"share\":\"0.25\"");
  }

  @Test
  void dependentsAreToldWhatToDo() {
    String json =
        foundation(ns + "/base@1.0.0")
            .json()
            .replace(
                "\"visibility\":\"public\"",
                "\"visibility\":\"public\",\"distribution\":{\"globallyAvailable\":false,"
                    + "\"p2pEnabled\":false,\"updatePropagation\":\"recommend\"}");
    assertThat(ada.post(LAYERS, json).status()).isEqualTo(201);
    assertThat(found(bob, "reach=regional&namespace=" + ns)).hasSize(1);
    assertThat(found(bob, "reach=global&namespace=" + ns)).isEmpty();
    publish(foundation(ns + "/child@1.0.0").parent(ns + "/base@1.0.0"));
    publish(foundation(ns + "/hidden@1.0.0").parent(ns + "/base@1.0.0").visibility("private"));
    String path = LAYERS + "/" + ns + "/base/1.0.0/dependents?relation=EVOLVED_FROM";
    JsonNode before = bob.get(path).json();
    assertThat(before.get("items")).hasSize(1);
    assertThat(before.at("/items/0/advice").asText()).isEqualTo("nothing");
    publish(foundation(ns + "/base@1.1.0"));
    JsonNode after = bob.get(path).json();
    assertThat(after.get("replacement").asText()).isEqualTo(ns + "/base@1.1.0");
    assertThat(after.at("/items/0/advice").asText()).isEqualTo("should-replace");
    say(admin, status("base", "revoked"));
    assertThat(bob.get(path).json().at("/items/0/advice").asText()).isEqualTo("must-replace");
    assertThat(ada.get(path).json().get("items")).hasSize(2);
  }

  @Test
  void ownersAreToldOfWhatTheirsStandOn() {
    As cy = app.as("cy" + ns);
    As dee = app.as("dee" + ns);
    publish(cy, foundation(ns + "/base@1.0.0"));
    publish(bob, needing("tool", "base", true));
    publish(dee, needing("desk", "tool", false));
    publish(dee, foundation(ns + "/voice@1.0.0").parent(ns + "/tool@1.0.0").visibility("private"));
    publish(cy, foundation(ns + "/vault@1.0.0").visibility("whitelist", "bob"));
    publish(bob, needing("box", "vault", true));
    publish(dee, needing("crate", "box", true));
    assertThat(notices(dee, "open")).isEmpty();

    // Without a policy a yank is told to nobody, a revocation to all who may know.
    say(cy, status("base", "yanked"));
    assertThat(notices(dee, "open")).isEmpty();
    JsonNode impact = stated(cy, status("base", "revoked")).get("impact");
    assertThat(impact.get("layers").asInt()).isEqualTo(2);
    assertThat(impact.get("owners").asInt()).isEqualTo(2);
    assertThat(impact.get("complete").asBoolean()).isTrue();
    assertThat(impact.get("nearest").toString())
        .contains(ns + "/tool@1.0.0", ns + "/desk@1.0.0")
        .doesNotContain("voice");
    JsonNode told = notices(dee, "open").get(0);
    assertThat(told.get("layer").asText()).isEqualTo(ns + "/base@1.0.0");
    assertThat(told.get("cause").asText()).isEqualTo("revoked");
    assertThat(told.get("advice").asText()).isEqualTo("must-replace");
    assertThat(told.get("affected").asInt()).isEqualTo(2);
    assertThat(told.get("reason").asText()).isEqualTo("so");
    assertThat(told.get("by").asText()).isEqualTo("cy" + ns);
    assertThat(told.at("/layers/0/distance").asInt()).isEqualTo(2);
    assertThat(notices(cy, "open")).isEmpty();

    say(cy, status("vault", "revoked"));
    assertThat(notices(dee, "open")).hasSize(1);
    String vault = ns + "/vault@1.0.0";
    assertThat(bob.get("/api/v1/notices?limit=100").text()).contains(vault);
    assertThat(dee.get("/api/v1/notices?view=all").text()).doesNotContain(vault);

    String one = "/api/v1/notices/" + told.get("id").asText() + "/acknowledge";
    assertProblem(cy.post(one, ""), 404, Fault.NOT_FOUND);
    Answer known = dee.post(one, "");
    assertThat(known.status()).as(known.text()).isEqualTo(200);
    String at = known.json().get("acknowledgedAt").asText();
    assertThat(dee.post(one, "").json().get("acknowledgedAt").asText()).isEqualTo(at);
    assertThat(notices(dee, "open")).isEmpty();
    say(cy, status("base", "active"));
    assertThat(notices(dee, "open").get(0).get("cause").asText()).isEqualTo("restored");
    assertThat(notices(dee, "all")).hasSize(2);
    assertThat(dee.get("/api/v1/notices?view=all&limit=1").json().has("nextCursor")).isTrue();
    assertProblem(dee.get("/api/v1/notices?view=mine"), 400, Fault.INVALID_REQUEST);
    assertProblem(dee.get("/api/v1/notices?limit=0"), 400, Fault.INVALID_REQUEST);
  }

  @Test
  void aPolicyDecidesWhoHearsOfANewerVersion() {
    As cy = app.as("cy" + ns);
    String policy =
        "\"visibility\":\"public\",\"distribution\":{\"globallyAvailable\":false,"
            + "\"p2pEnabled\":false,\"updatePropagation\":\"recommend\"}";
    for (String name : List.of("told", "quiet")) {
      String json = foundation(ns + "/" + name + "@1.0.0").json();
      Answer answer =
          ada.post(
              LAYERS,
              name.equals("told") ? json.replace("\"visibility\":\"public\"", policy) : json);
      assertThat(answer.status()).as(answer.text()).isEqualTo(201);
      publish(cy, needing("on-" + name, name, true));
      publish(foundation(ns + "/" + name + "@1.1.0").parent(ns + "/" + name + "@1.0.0"));
    }
    JsonNode told = notices(cy, "open");
    assertThat(told).hasSize(1);
    assertThat(told.at("/0/layer").asText()).isEqualTo(ns + "/told@1.1.0");
    assertThat(told.at("/0/cause").asText()).isEqualTo("newer");
    assertThat(told.at("/0/advice").asText()).isEqualTo("should-replace");
    say(ada, status("told", "yanked"));
    assertThat(notices(cy, "open").at("/0/cause").asText()).isEqualTo("yanked");
  }

  private static JsonNode notices(As caller, String view) {
    Answer answer = caller.get("/api/v1/notices?limit=100&view=" + view);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().get("items");
  }

  private Samples.Draft needing(String name, String needed, boolean required) {
    return foundation(ns + "/" + name + "@1.0.0")
        .member(
            "\"dependencies\":[{\"layer\":\"%s/%s\",\"versions\":\"*\",\"dependencyType\":\"base\",\"strength\":1,\"required\":%s}]"
                .formatted(ns, needed, required));
  }

  @Test
  void reportsAreKeptAndTheNewestOfALevelCounts() {
    publish(foundation(ns + "/kept@1.0.0").file("m.safetensors", ada.upload(floats(1, 2))));
    String layer = LAYERS + "/" + ns + "/kept/1.0.0";
    for (String level : List.of("basic", "thorough", "basic", "thorough", "basic")) {
      validate("kept", level);
    }
    assertThat(admin.post(layer + "/validate?level=basic", "").status()).isEqualTo(200);
    JsonNode all = bob.get(layer + "/validations?view=all").json().get("items");
    assertThat(all).hasSize(6);
    JsonNode current = bob.get(layer + "/validations").json().get("items");
    assertThat(current).hasSize(2);
    assertThat(current.at("/0/level").asText()).isEqualTo("basic");
    assertThat(current.at("/0/validatedBy").asText()).isEqualTo("admin");
    assertThat(current.at("/1/level").asText()).isEqualTo("thorough");
    assertThat(current.at("/1/outcome").asText()).isEqualTo("failed");
    // What an admin's report says in words may be about what bob does not see.
    assertThat(current.at("/0/checks/0").has("detail")).isFalse();
    assertThat(current.at("/1/checks/0").has("detail")).isTrue();
    assertThat(admin.get(layer + "/validations").json().at("/items/0/checks/0").has("detail"))
        .isTrue();
    publish(foundation(ns + "/unseen@1.0.0").visibility("private"));
    assertProblem(
        bob.get(LAYERS + "/" + ns + "/unseen/1.0.0/validations"), 404, Fault.LAYER_NOT_FOUND);
    assertProblem(bob.get(layer + "/validations?view=x"), 400, Fault.INVALID_REQUEST);
  }

  @Test
  void aLicenceKeepsTheTermsOfAllThatALayerDescendsFrom() {
    publish(licensed("gpl", "GPL-3.0-only", true));
    publish(licensed("middle", "GPL-3.0-only", true).parent(ns + "/gpl@1.0.0"));
    publish(licensed("loose", "Apache-2.0", true).parent(ns + "/middle@1.0.0"));
    publish(licensed("research", "CC-BY-NC-4.0", false));
    publish(licensed("shop", "MIT", true).parent(ns + "/research@1.0.0"));
    publish(licensed("lab", "CC-BY-NC-4.0", false).parent(ns + "/research@1.0.0"));
    publish(licensed("odd", "LicenseRef-of-mine", true));
    assertThat(outcome(validate("middle", "thorough"), "licences")).isEqualTo("passed");
    JsonNode loose = validate("loose", "thorough");
    assertThat(outcome(loose, "licences")).isEqualTo("failed");
    assertThat(loose.toString()).contains("only under GPL-3.0");
    JsonNode shop = validate("shop", "thorough");
    assertThat(outcome(shop, "licences")).isEqualTo("failed");
    assertThat(shop.toString()).contains("does not allow commercial use");
    assertThat(outcome(validate("lab", "thorough"), "licences")).isEqualTo("passed");
    assertThat(outcome(validate("odd", "thorough"), "licences")).isEqualTo("not checked");
  }

  private Samples.Draft licensed(String name, String spdx, boolean commercial) {
    return foundation(ns + "/" + name + "@1.0.0").license(spdx, commercial);
  }

  @Test
  void useIsPaidForOnceByTheTermsOfTheRecord() {
    String terms =
        "\"public\",\"economicModel\":{\"pricing\":{\"unit\":\"session\","
            + "\"price\":{\"amount\":\"0.10\",\"currency\":\"USD\"}},"
            + "\"revenueSharing\":[{\"recipient\":\"ada\",\"share\":\"0.9\"},"
            + "{\"recipient\":\"house\",\"share\":\"0.1\"}],"
            + "\"contributorRewards\":{\"pool\":\"0.5\",\"basis\":\"equal\"}}";
    String json =
        foundation(ns + "/paid@1.0.0")
            .json()
            .replace("\"visibility\":\"public\"", "\"visibility\":" + terms)
            .replace(
                "\"method\":\"training\"",
                "\"method\":\"training\",\"contributions\":["
                    + "{\"contributor\":\"bob\",\"role\":\"data\"},"
                    + "{\"contributor\":\"cy\",\"role\":\"data\"},"
                    + "{\"contributor\":\"dee\",\"role\":\"data\"}]");
    Answer published = ada.post(LAYERS, json);
    assertThat(published.status()).as(published.text()).isEqualTo(201);
    YearMonth month = YearMonth.now(ZoneOffset.UTC).minusMonths(1);
    use(published.json().get("id").asText(), month.atDay(3), 10);

    assertProblem(ada.post("/api/v1/payouts?month=" + month, ""), 403, Fault.FORBIDDEN);
    assertProblem(
        admin.post("/api/v1/payouts?month=" + month.plusMonths(1), ""), 400, Fault.INVALID_REQUEST);
    Answer computed = admin.post("/api/v1/payouts?month=" + month, "");
    assertThat(computed.status()).as(computed.text()).isEqualTo(200);
    assertThat(admin.post("/api/v1/payouts?month=" + month, "").json().get("layers").asInt())
        .isZero();

    String layer = ns + "/paid@1.0.0";
    assertThat(owed(ada, month, layer)).containsExactly("ada revenue 0.450000000 USD");
    assertThat(owed(admin, month, layer))
        .containsExactly(
            "ada revenue 0.450000000 USD",
            "bob contribution 0.166666667 USD",
            "cy contribution 0.166666667 USD",
            "dee contribution 0.166666666 USD",
            "house revenue 0.050000000 USD");
    assertProblem(ada.get("/api/v1/payouts?recipient=bob&month=" + month), 403, Fault.FORBIDDEN);
  }

  private void use(String layer, LocalDate day, int sessions) {
    long at = day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    app.bean(Database.class)
        .transact(connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO layer_usage (layer_id, user_id, session_id, started_at, ended_at)"
                      + " VALUES (?, ?, ?, ?, ?)")) {
            for (int i = 0; i < sessions; i++) {
              insert.setBytes(1, EntityId.parse(layer).bytes());
              insert.setString(2, "eve");
              insert.setString(3, "s" + i);
              insert.setLong(4, at + i);
              insert.setLong(5, at + 1000);
              insert.addBatch();
            }
            return insert.executeBatch().length;
          }
        });
  }

  private static List<String> owed(As caller, YearMonth month, String layer) {
    List<String> owed = new ArrayList<>();
    for (JsonNode item :
        caller.get("/api/v1/payouts?limit=500&month=" + month).json().get("items")) {
      if (item.path("layer").asText().equals(layer)) {
        owed.add(
            "%s %s %s %s"
                .formatted(
                    item.get("recipient").asText(),
                    item.get("reason").asText(),
                    item.get("amount").asText(),
                    item.get("currency").asText()));
      }
    }
    return owed;
  }

  private Samples.Draft described(String name, String description) {
    return foundation(ns + "/" + name + "@1.0.0").member("\"description\":\"" + description + "\"");
  }

  private void publish(Samples.Draft draft) {
    Answer answer = ada.post(LAYERS, draft.json());
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
  }

  private static void publish(As caller, Samples.Draft draft) {
    Answer answer = caller.post(LAYERS, draft.json());
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
  }

  private static void say(As caller, String claim) {
    stated(caller, claim);
  }

  private static JsonNode stated(As caller, String claim) {
    Answer answer = caller.post("/api/v1/claims", claim);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json();
  }

  private String status(String layer, String status) {
    return ("{\"schema\":\"germline.claim/1\",\"kind\":\"STATUS\",\"subject\":{\"layer\":"
            + "\"%s/%s@1.0.0\"},\"status\":\"%s\",\"reason\":\"so\"}")
        .formatted(ns, layer, status);
  }

  private JsonNode validate(String layer, String level) {
    Answer answer =
        bob.post(LAYERS + "/" + ns + "/" + layer + "/1.0.0/validate?level=" + level, "");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private static String outcome(JsonNode report, String check) {
    for (JsonNode one : report.get("checks")) {
      if (one.get("check").asText().equals(check)) {
        return one.get("outcome").asText();
      }
    }
    return "no such check";
  }

  private static List<String> found(As caller, String query) {
    Answer answer = caller.get("/api/v1/find?" + query);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    List<String> names = new ArrayList<>();
    answer.json().get("items").forEach(item -> names.add(item.get("name").asText()));
    return names;
  }

  private static String offer(String... shares) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < shares.length; i += 2) {
      parts.add(
          "{\"contributor\":\"%s\",\"role\":\"data\",\"share\":\"%s\"}"
              .formatted(shares[i], shares[i + 1]));
    }
    return "{\"contributions\":[" + String.join(",", parts) + "]}";
  }

  private static String event(String event) {
    return "{\"event\":\"" + event + "\"}";
  }

  private static byte[] floats(float... values) {
    byte[] header =
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
            .formatted(values.length, 4 * values.length)
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(8 + header.length + 4 * values.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .put(header);
    for (float value : values) {
      file.putFloat(value);
    }
    return file.array();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
