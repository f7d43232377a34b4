package dev.germline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Questions about lineage, and claims. */
interface LineageContract extends OnServer {
  @Test
  default void questionsAboutLineageAreAnswered() throws IOException {
    push("kin/a@1.0.0", model("kin-a", 1000, 31));
    push("kin/b@1.0.0", model("kin-b", 1000, 32), "--parent=kin/a@1.0.0:finetune");
    push("kin/c@1.0.0", model("kin-c", 1000, 33), "--parent=kin/a@1.0.0:merge");
    assertThat(ok("siblings", "kin/b@1.0.0").out()).contains("kin/c@1.0.0", "of kin/a@1.0.0");
    assertThat(ok("common", "kin/b@1.0.0", "kin/c@1.0.0").out()).contains("kin/a@1.0.0  nearest");
    assertThat(ok("path", "kin/b@1.0.0", "kin/c@1.0.0").out().lines())
        .containsExactly(
            "kin/b@1.0.0", "  | EVOLVED_FROM v", "kin/a@1.0.0", "  ^ EVOLVED_FROM", "kin/c@1.0.0");
    assertThat(ok("diff", "kin/a@1.0.0", "kin/b@1.0.0").out())
        .contains("/name", "file", "weights.bin");
    assertThat(ok("blast", "kin/a@1.0.0").out())
        .contains("1.000  1  required  kin/b@1.0.0", "kin/c@1.0.0");
    assertThat(ok("dead-ends", "--namespace=kin").out())
        .contains("kin/b@1.0.0", "never used")
        .doesNotContain("kin/a@1.0.0");
    assertThat(ok("pins", "kin/b@1.0.0").out()).contains("active  kin/a@1.0.0");
    assertThat(ok("lineage", "kin/a@1.0.0", "--export=graphml").out()).contains("</graphml>");
    assertThat(json(ok("lineage", "kin/a@1.0.0", "--export=prov")).path("entity").size())
        .isEqualTo(3);
    CommandLineRun early = server().run("lineage", "kin/a@1.0.0", "--as-of=2000-01-01T00:00:00Z");
    assertThat(early.exit()).isEqualTo(3);
  }

  @Test
  default void claimsAreStatedOnceAndShown() throws IOException {
    push("it/left@1.0.0", model("left", 1000, 3));
    push("it/right@1.0.0", model("right", 1000, 4));
    ok("claim", "it/left@1.0.0", "SYNERGIZES_WITH", "it/right@1.0.0", "-p", "synergyStrength=0.8");
    assertThat(ok("edges", "it/right@1.0.0").out())
        .contains("SYNERGIZES_WITH", "synergyStrength=0.8");
    CommandLineRun invalid =
        server().run("claim", "it/left@1.0.0", "CONFLICTS_WITH", "it/right@1.0.0");
    assertThat(invalid.exit()).isEqualTo(3);
    assertThat(invalid.err()).contains("INVALID_CLAIM");
  }
}
