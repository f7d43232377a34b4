package dev.germline.app.compatibility;

import static dev.germline.app.TestApp.unique;
import static dev.germline.app.http.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.app.TestApp;
import dev.germline.app.TestApp.Answer;
import dev.germline.app.TestApp.As;
import dev.germline.core.Fault;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the gate promises over HTTP, on every SQL server it runs on. */
abstract class CompatibilityContract {
  private static final String CHECK = "/api/v1/compatibility";

  private final TestApp app = server();
  private final As ada = app.as("ada");
  private final As bob = app.as("bob");
  private final String ns = unique("gate");

  /** The server of these tests. */
  abstract TestApp server();

  @Test
  void theNewestVersionsThatGoTogetherAreChosen() {
    foundation("base@1.0.0", "public", "MIT", "");
    foundation("base@1.2.0", "public", "MIT", "");
    foundation("base@2.0.0", "public", "MIT", "");
    foundation("chat@1.0.0", "public", "Apache-2.0", needs("base", "^1.0.0", true));
    JsonNode answer = ask("/resolve", ns + "/chat").json();
    assertThat(answer.path("resolved").asBoolean()).isTrue();
    assertThat(texts(answer.path("layers"), "layer"))
        .containsExactly(ns + "/base@1.2.0", ns + "/chat@1.0.0");
    assertThat(answer.path("layers").get(0).path("path").toString())
        .isEqualTo("[\"%s/chat@1.0.0\",\"%s/base@1.2.0\"]".formatted(ns, ns));

    JsonNode verdict = ask("", ns + "/chat@^1.0.0").json();
    assertThat(verdict.path("outcome").asText()).isEqualTo("pass");
    assertThat(verdict.path("terms").path("commercial").asBoolean()).isTrue();
    assertThat(verdict.path("layers")).hasSize(2);
  }

  @Test
  void whatCannotBeResolvedIsExplained() {
    foundation("base@1.0.0", "public", "MIT", "");
    foundation("base@2.0.0", "public", "MIT", "");
    foundation("chat@1.0.0", "public", "MIT", needs("base", "^1.0.0", true));
    foundation("code@1.0.0", "public", "MIT", needs("base", "^2.0.0", true));
    JsonNode answer = ask("/resolve", ns + "/chat", ns + "/code").json();
    assertThat(answer.path("resolved").asBoolean()).isFalse();
    assertThat(answer.path("because")).hasSize(4);
    assertThat(answer.path("because").toString())
        .contains(ns + "/chat 1.0.0 needs " + ns + "/base ^1.0.0");

    JsonNode verdict = ask("", ns + "/chat", ns + "/code").json();
    assertThat(verdict.path("outcome").asText()).isEqualTo("fail");
    JsonNode reason = verdict.path("reasons").get(0);
    assertThat(reason.path("code").asText()).isEqualTo("DEPENDENCY_CONFLICT");
    assertThat(reason.path("message").asText())
        .contains("there is no combination of all that is asked for");
    assertThat(reason.path("path")).hasSize(2);
    assertThat(reason.path("path").get(1).asText()).isEqualTo(ns + "/base");
  }

  @Test
  void aPrivateLayerIsNotThereForOthers() {
    foundation("base@1.0.0", "public", "MIT", "");
    foundation("base@1.5.0", "private", "MIT", "");
    foundation("secret@1.0.0", "private", "MIT", "");
    foundation("chat@1.0.0", "public", "MIT", needs("base", "^1.0.0", true));
    foundation("open@1.0.0", "public", "MIT", needs("secret", "*", true));
    foundation("never@1.0.0", "public", "MIT", needs("nothing", "*", true));

    assertThat(texts(ask(bob, "/resolve", ns + "/chat").json().path("layers"), "layer"))
        .containsExactly(ns + "/base@1.0.0", ns + "/chat@1.0.0");
    assertThat(texts(ask(ada, "/resolve", ns + "/chat").json().path("layers"), "layer"))
        .containsExactly(ns + "/base@1.5.0", ns + "/chat@1.0.0");
    assertProblem(ask(bob, "", ns + "/secret"), 404, Fault.LAYER_NOT_FOUND);
    assertProblem(ask(bob, "", ns + "/base@1.5.0"), 404, Fault.LAYER_NOT_FOUND);
    // A layer that is hidden and one that never was are told apart by nothing.
    assertThat(ask(bob, "", ns + "/open@1.0.0").text())
        .isEqualTo(
            ask(bob, "", ns + "/never@1.0.0")
                .text()
                .replace("never", "open")
                .replace("nothing", "secret")
                .replace(digest("never@1.0.0"), digest("open@1.0.0")));
  }

  @Test
  void anAdapterIsLookedAtTensorByTensor() {
    String base = ada.upload(model("model.layers.0.q_proj.weight", "[16,8]", 256));
    foundation("base@1.0.0", "public", "MIT", files("model.safetensors", base));
    String fits =
        ada.upload(model("base_model.model.model.layers.0.q_proj.lora_A.weight", "[4,8]", 64));
    String wrong =
        ada.upload(model("base_model.model.model.layers.0.w_pack.lora_A.weight", "[4,8]", 64));
    String config =
        ada.upload(
            """
            {"peft_type":"LORA","r":4,"lora_alpha":8,"target_modules":["q_proj"],
             "base_model_name_or_path":"/home/ada/base"}\
            """
                .getBytes(StandardCharsets.UTF_8));
    lora("good@1.0.0", fits, config);
    lora("bad@1.0.0", wrong, config);

    JsonNode good = ask("", ns + "/good", ns + "/base").json();
    assertThat(good.path("outcome").asText()).as(good.toString()).isEqualTo("pass");
    JsonNode bad = ask("", ns + "/bad", ns + "/base").json();
    assertThat(texts(bad.path("reasons"), "code")).contains("TARGET_MODULES_ABSENT");
    assertThat(texts(ask("", ns + "/good", ns + "/bad").json().path("reasons"), "code"))
        .contains("TARGET_MODULES_OVERLAP");
  }

  /** Folders as people have them, whole and broken, and the reason that each gives. */
  @Test
  void adapterFoldersOfSeveralShapesGiveTheirReason() {
    String weights = ada.upload(model("model.layers.0.q_proj.weight", "[16,8]", 256));
    String llama =
        text("{\"model_type\":\"llama\",\"max_position_embeddings\":512,\"vocab_size\":32000}");
    foundation(
        "base@1.0.0",
        "public",
        "MIT",
        ",\"files\":[{\"path\":\"model.safetensors\",\"blake3\":\"%s\"},{\"path\":\"config.json\",\"blake3\":\"%s\"}]"
            .formatted(weights, llama));
    String factors =
        ada.upload(model("base_model.model.model.layers.0.q_proj.lora_A.weight", "[4,8]", 64));
    String pickle = ada.upload(new byte[] {(byte) 0x80, 2, '}', 'q', 0, '.'});
    String good = adapterConfig("q_proj", "org/base");
    String local = adapterConfig("q_proj", "/mnt/models/base");
    String fused = adapterConfig("query_key_value", "org/base");
    String model = "adapter_model.safetensors";
    String config = "adapter_config.json";
    assertThat(folder("whole", true, model, factors, config, good)).isEmpty();
    assertThat(folder("nested", true, "final/" + model, factors, "final/" + config, good))
        .isEmpty();
    assertThat(folder("shipped", true, model, factors, config, good, "config.json", llama))
        .isEmpty();
    assertThat(folder("local", true, model, factors, config, local)).isEmpty();
    assertThat(folder("orphan", false, model, factors, config, local))
        .containsExactly("warn BASE_UNKNOWN");
    assertThat(folder("half", true, model, factors)).containsExactly("fail ADAPTER_INCOMPLETE");
    assertThat(folder("other-half", true, config, good)).containsExactly("fail ADAPTER_INCOMPLETE");
    assertThat(folder("fused", true, model, factors, config, fused))
        .containsExactly("fail TARGET_MODULES_ABSENT", "warn CONFIG_DIFFERS");
    assertThat(folder("old", true, "adapter_model.bin", pickle, config, fused))
        .contains("fail TARGET_MODULES_ABSENT", "fail ADAPTER_INCOMPLETE", "warn UNSAFE_FILE");
    assertThat(
            folder(
                "stranger",
                true,
                model,
                factors,
                config,
                good,
                "config.json",
                text("{\"model_type\":\"gpt2\"}")))
        .containsExactly("fail BASE_DIFFERS");
    assertThat(folder("torn", true, model, factors, config, good, "config.json", text("{\"model_")))
        .containsExactly("warn CONFIG_UNREADABLE");
    assertThat(
            folder(
                "huge",
                true,
                model,
                factors,
                config,
                good,
                "config.json",
                text("{\"x\":\"" + "y".repeat(1 << 20) + "\"}")))
        .containsExactly("warn CONFIG_UNREADABLE");
  }

  private String text(String json) {
    return ada.upload(json.getBytes(StandardCharsets.UTF_8));
  }

  private String adapterConfig(String modules, String base) {
    return text(
        "{\"peft_type\":\"LORA\",\"r\":4,\"lora_alpha\":8,\"target_modules\":[\"%s\"],\"base_model_name_or_path\":\"%s\"}"
            .formatted(modules, base));
  }

  /** What the gate says of an adapter with these files, path and BLAKE3 by turns. */
  private List<String> folder(String name, boolean parent, String... files) {
    List<String> listed = new ArrayList<>();
    for (int i = 0; i < files.length; i += 2) {
      listed.add("{\"path\":\"%s\",\"blake3\":\"%s\"}".formatted(files[i], files[i + 1]));
    }
    publish(
        """
        {"type":"lora","name":"%s/%s@1.0.0","provenance":{"method":"training","parents":[%s]},
         "sharing":{"visibility":"public","license":{"spdx":"MIT","commercialUse":true}},
         "loraConfig":{"rank":4,"alpha":8,"targetModules":["q_proj"],"dropoutRate":0},
         "files":[%s]}\
        """
            .formatted(
                ns,
                name,
                parent
                    ? "{\"layer\":\"%s/base@1.0.0\",\"evolutionType\":\"adapter\",\"confidence\":1}"
                        .formatted(ns)
                    : "",
                String.join(",", listed)));
    List<String> reasons = new ArrayList<>();
    ask("", ns + "/" + name)
        .json()
        .path("reasons")
        .forEach(
            one -> reasons.add(one.path("severity").asText() + " " + one.path("code").asText()));
    return reasons;
  }

  @Test
  void whatIsStatedToBeNeededLaterTakesPart() {
    foundation("base@1.0.0", "public", "MIT", "");
    foundation("base@1.1.0", "public", "MIT", "");
    foundation("vault@1.0.0", "private", "MIT", "");
    foundation("chat@1.0.0", "public", "MIT", needs("base", "^1.0.0", true));
    foundation("tone@1.0.0", "public", "MIT", "");
    assertThat(chosen(bob, "tone")).containsExactly(ns + "/tone@1.0.0");
    String claim = state(needed("tone", "base@1.0.0", true));
    state(needed("chat", "vault@1.0.0", true));
    assertThat(chosen(bob, "tone")).containsExactly(ns + "/base@1.0.0", ns + "/tone@1.0.0");
    // With a range of another, both hold; the claims of publication do not pin.
    assertThat(chosen(bob, "tone", "chat"))
        .containsExactly(ns + "/base@1.0.0", ns + "/chat@1.0.0", ns + "/tone@1.0.0");
    assertThat(chosen(bob, "chat")).containsExactly(ns + "/base@1.1.0", ns + "/chat@1.0.0");
    // Of what bob may not see he is not told that it is needed.
    assertThat(chosen(ada, "chat")).contains(ns + "/vault@1.0.0");

    String contest =
        state(
            "{\"schema\":\"germline.claim/1\",\"kind\":\"CONTEST\",\"claim\":\"%s\",\"reason\":\"it runs alone\"}"
                .formatted(claim));
    assertThat(chosen(bob, "tone")).containsExactly(ns + "/tone@1.0.0");
    state(
        "{\"schema\":\"germline.claim/1\",\"kind\":\"WITHDRAWAL\",\"claim\":\"%s\",\"reason\":\"it does not\"}"
            .formatted(contest));
    assertThat(chosen(bob, "tone")).contains(ns + "/base@1.0.0");
    state(
        needed("tone", "base@1.1.0", true)
            .replaceFirst("\\{", "{\"supersedes\":\"" + claim + "\","));
    assertThat(chosen(bob, "tone")).containsExactly(ns + "/base@1.1.0", ns + "/tone@1.0.0");
  }

  private List<String> chosen(As who, String... families) {
    String[] layers = new String[families.length];
    for (int i = 0; i < families.length; i++) {
      layers[i] = ns + "/" + families[i];
    }
    return texts(ask(who, "/resolve", layers).json().path("layers"), "layer");
  }

  private String state(String claim) {
    Answer answer = ada.post("/api/v1/claims", claim);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json().path("id").asText();
  }

  private String needed(String layer, String other, boolean required) {
    return """
    {"schema":"germline.claim/1","kind":"DEPENDS_ON","subject":{"layer":"%s/%s@1.0.0"},
     "object":{"layer":"%s/%s"},"dependencyType":"base-model","strength":1,"required":%s}\
    """
        .formatted(ns, layer, ns, other, required);
  }

  @Test
  void declaredConflictsTermsAndRoomAreJudged() {
    foundation("base@1.0.0", "public", "CC-BY-NC-4.0", "");
    foundation(
        "chat@1.0.0",
        "public",
        "MIT",
        ",\"resources\":{\"memoryMb\":8000},\"conflicts\":[{\"target\":{\"layer\":\""
            + ns
            + "/base@1.0.0\"},\"conflictType\":\"quality\",\"severity\":0.4}]");
    String layers = "\"layers\":[\"" + ns + "/base\",\"" + ns + "/chat\"]";
    JsonNode lenient = post("{" + layers + "}").json();
    assertThat(lenient.path("outcome").asText()).isEqualTo("warn");
    assertThat(texts(lenient.path("reasons"), "code")).containsExactly("CONFLICT_CLAIMED");
    assertThat(lenient.path("terms").path("commercial").asBoolean()).isFalse();
    JsonNode strict =
        post("{"
                + layers
                + ",\"policy\":{\"commercial\":true,\"conflictSeverity\":0.4},"
                + "\"limits\":{\"memoryMb\":4000}}")
            .json();
    assertThat(texts(strict.path("reasons"), "code"))
        .containsExactly("CONFLICT_CLAIMED", "LICENSE_NOT_COMMERCIAL", "MEMORY_EXCEEDED");
  }

  @Test
  void wrongQuestionsAreRefused() {
    assertProblem(post("{}"), 400, Fault.INVALID_REQUEST);
    assertProblem(post("{\"layers\":[]}"), 400, Fault.INVALID_REQUEST);
    assertProblem(post("{\"layers\":[\"a\"]}"), 400, Fault.INVALID_NAME);
    assertProblem(
        post("{\"layers\":[\"a/b\"],\"policy\":{\"conflictSeverity\":2}}"),
        400,
        Fault.INVALID_REQUEST);
    assertProblem(
        app.anonymous().post(CHECK, "{\"layers\":[\"a/b\"]}"), 401, Fault.UNAUTHENTICATED);
  }

  private Answer post(String json) {
    return ada.post(CHECK, json);
  }

  private Answer ask(String path, String... layers) {
    return ask(ada, path, layers);
  }

  private static Answer ask(As who, String path, String... layers) {
    return who.post(CHECK + path, "{\"layers\":[\"" + String.join("\",\"", layers) + "\"]}");
  }

  private static List<String> texts(JsonNode list, String member) {
    List<String> texts = new ArrayList<>();
    list.forEach(one -> texts.add(one.path(member).asText()));
    return texts;
  }

  private String digest(String name) {
    return ada.get("/api/v1/layers/" + ns + "/" + name.replace('@', '/'))
        .json()
        .path("digest")
        .asText();
  }

  private String needs(String name, String range, boolean required) {
    return """
    ,"dependencies":[{"layer":"%s/%s","versions":"%s","dependencyType":"base-model","strength":1,"required":%s}]\
    """
        .formatted(ns, name, range, required);
  }

  private static String files(String path, String blake3) {
    return ",\"files\":[{\"path\":\"" + path + "\",\"blake3\":\"" + blake3 + "\"}]";
  }

  private void foundation(String name, String visibility, String license, String more) {
    publish(
        """
        {"type":"foundation","name":"%s/%s","provenance":{"method":"training"},
         "sharing":{"visibility":"%s","license":{"spdx":"%s","commercialUse":true}},
         "baseModel":{"family":"custom","size":"small","contextWindow":512,"parameterCount":33},
         "pretraining":{"languages":["en"]}%s}\
        """
            .formatted(ns, name, visibility, license, more));
  }

  private void lora(String name, String weights, String config) {
    publish(
        """
        {"type":"lora","name":"%s/%s","provenance":{"method":"training","parents":[
           {"layer":"%s/base@1.0.0","evolutionType":"adapter","confidence":1}]},
         "sharing":{"visibility":"public","license":{"spdx":"MIT","commercialUse":true}},
         "loraConfig":{"rank":4,"alpha":8,"targetModules":["q_proj"],"dropoutRate":0},
         "files":[{"path":"adapter_model.safetensors","blake3":"%s"},
                  {"path":"adapter_config.json","blake3":"%s"}]}\
        """
            .formatted(ns, name, ns, weights, config));
  }

  private void publish(String json) {
    Answer answer = ada.post("/api/v1/layers", json);
    assertThat(answer.status()).as(answer.text()).isIn(200, 201);
  }

  private static byte[] model(String tensor, String shape, int bytes) {
    byte[] header =
        "{\"%s\":{\"dtype\":\"F16\",\"shape\":%s,\"data_offsets\":[0,%d]}}"
            .formatted(tensor, shape, bytes)
            .getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + header.length + bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .array();
  }
}
