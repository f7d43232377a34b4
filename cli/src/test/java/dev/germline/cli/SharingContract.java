package dev.germline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.server.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Layers reviewed, revoked and had from elsewhere. */
interface SharingContract extends OnServer {
  @Test
  default void aLayerIsFoundReviewedYankedAndFetched() throws IOException {
    push("it/shared@1.0.0", model("shared", 1000, 6), "--visibility=public");
    assertThat(ok("find", "shared").out()).contains("it/shared@1.0.0", "local");
    assertThat(ok("validate", "it/shared@1.0.0").out()).contains("passed", "hashes");
    CommandLineRun thorough = server().run("validate", "it/shared@1.0.0", "--level=thorough");
    assertThat(thorough.exit()).isEqualTo(1);
    assertThat(thorough.out()).contains("no licence is given");

    JsonNode review =
        json(ok("claim", "it/shared@1.0.0", "REVIEW", "-p", "verdict=approve", "--json"));
    String id = review.path("id").asText();
    ok("claim", id, "CONTEST", "-p", "reason=\"did not run it\"");
    assertThat(ok("claims", "it/shared@1.0.0").out()).contains("contested", "did not run it");
    assertThat(ok("claims", id).out()).contains("REVIEW", "CONTEST");

    String submission =
        json(ok("contribute", "it/shared@1.0.0", "--part", "admin:training=1", "--json"))
            .path("id")
            .asText();
    ok("submissions", submission, "--event", "withdraw");
    assertThat(ok("submissions").out()).contains(submission, "withdrawn");

    ok("yank", "it/shared@1.0.0", "a better one comes");
    assertThat(ok("show", "it/shared@1.0.0").out()).contains("yanked");
    assertThat(ok("find", "shared", "--status=yanked").out()).contains("it/shared@1.0.0");
    ok("dependents", "it/shared@1.0.0");

    String url =
        Json.read(Files.readAllBytes(server().data().resolve("server.json"))).path("url").asText();
    String token = server().data().resolve("admin.token").toString();
    assertThat(ok("fetch", "it/shared@1.0.0", "--from", url, "--from-token-file", token).out())
        .contains("here already: it/shared@1.0.0", "verified");
  }

  @Test
  default void whatIsRevokedIsNotPulledAndItsDependentsAreTold() throws IOException {
    push("gone/base@1.0.0", model("gone", 1000, 61), "--visibility=public");
    push("gone/child@1.0.0", model("gone-child", 1000, 62), "--parent=gone/base@1.0.0:finetune");
    Path into = work().resolve("gone-pulled");
    Path bundle = work().resolve("gone.json");
    Path key = work().resolve("gone.pub");
    ok("pull", "gone/base@1.0.0", into.toString());
    ok("proof", "gone/base@1.0.0", "-o", bundle.toString());
    ok("key", "-o", key.toString());
    String[] verify = {"verify", bundle.toString(), into.toString(), "--key=" + key, "--current"};
    assertThat(ok(verify).out()).contains("status    active");
    ok("yank", "gone/base@1.0.0", "old");
    assertThat(ok("pull", "gone/base@1.0.0", into.toString()).err()).contains("was yanked by");
    assertThat(ok("revoke", "gone/base@1.0.0", "leaks").out())
        .contains("1 layers of 1 owners stand on it", "gone/child@1.0.0");
    CommandLineRun refused = server().run("pull", "gone/base@1.0.0", into.toString());
    assertThat(refused.exit()).isEqualTo(3);
    assertThat(refused.err()).contains("was revoked by", "leaks", "--allow-revoked");
    CommandLineRun revoked = server().run(verify);
    assertThat(revoked.exit()).isEqualTo(1);
    assertThat(revoked.out()).contains("status    revoked by");
    ok("pull", "gone/base@1.0.0", work().resolve("again").toString(), "--allow-revoked");
    assertThat(ok("notices").err()).contains("nothing that you do not know");
    assertThat(ok("validate", "gone/child@1.0.0").exit()).isZero();
    assertThat(ok("validate", "gone/child@1.0.0", "--reports").out()).contains("basic", "passed");
    assertThat(ok("payouts", "2020-01").err()).contains("nothing is owed");
  }

  @Test
  default void aFamilyIsFetchedFromAnotherRegistry() throws IOException {
    try (RealServer there =
        RealServer.startAnother(Files.createDirectory(work().resolve("there")))) {
      String[] layer = {"--type=foundation", "--parameters=10", "--context-window=8"};
      for (String[] pushed :
          new String[][] {
            {"push", "far/root@1.0.0", model("root", 70_000, 51).toString()},
            {
              "push",
              "far/mid@1.0.0",
              model("mid", 80_000, 52).toString(),
              "--parent=far/root@1.0.0:finetune"
            },
            {
              "push",
              "far/leaf@1.0.0",
              model("leaf", 90_000, 53).toString(),
              "--parent=far/mid@1.0.0:finetune",
              "--visibility=private"
            }
          }) {
        String[] all = Arrays.copyOf(pushed, pushed.length + layer.length);
        System.arraycopy(layer, 0, all, pushed.length, layer.length);
        CommandLineRun run = there.run(all);
        assertThat(run.exit()).as(run.out() + run.err()).isZero();
      }
      String leaf = json(there.run("show", "far/leaf@1.0.0", "--json")).path("digest").asText();
      String token = there.data().resolve("admin.token").toString();
      String[] fetch = {
        "fetch", "far/leaf@1.0.0#" + leaf, "--from=" + there.url(), "--from-token-file=" + token
      };
      CommandLineRun alone = server().run(fetch);
      assertThat(alone.exit()).isEqualTo(3);
      assertThat(alone.err())
          .contains("far/mid@1.0.0, which far/leaf@1.0.0 pins, is not here", "--with-parents");

      String[] family = Arrays.copyOf(fetch, fetch.length + 2);
      family[fetch.length] = "--with-parents";
      family[fetch.length + 1] = "--json";
      JsonNode fetched = json(ok(family));
      assertThat(fetched.path("digest").asText()).isEqualTo(leaf);
      assertThat(fetched.path("along").findValuesAsText("name"))
          .containsExactly("far/root@1.0.0", "far/mid@1.0.0");
      assertThat(json(ok("show", "far/leaf@1.0.0", "--json")).path("digest").asText())
          .isEqualTo(leaf);
      assertThat(ok("lineage", "far/leaf@1.0.0", "--up").out()).contains("far/root@1.0.0");
      Path pulled = work().resolve("far");
      ok("pull", "far/leaf@1.0.0#" + leaf, pulled.toString());
      assertThat(pulled.resolve("weights.bin"))
          .hasSameBinaryContentAs(work().resolve("leaf/weights.bin"));
      JsonNode again = json(ok(family));
      assertThat(again.path("fresh").asBoolean()).isFalse();
      assertThat(again.path("along")).isEmpty();

      CommandLineRun other =
          server().run("fetch", "far/leaf@1.0.0#" + "0".repeat(64), fetch[2], fetch[3]);
      assertThat(other.exit()).isEqualTo(1);
      assertThat(there.run("revoke", "far/mid@1.0.0", "leaks").exit()).isZero();
      CommandLineRun revoked = server().run("fetch", "far/mid@1.0.0", fetch[2], fetch[3]);
      assertThat(revoked.exit()).isEqualTo(3);
      assertThat(revoked.err()).contains("far/mid@1.0.0 was revoked by");
    }
  }
}
