package dev.germline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Layers pushed, shown and pulled. */
interface LayersContract extends OnServer {
  @Test
  default void aLayerIsPushedSeenProvedPulledAndATamperedCopyIsCaught() throws IOException {
    Path folder = model("base", 2_000_000, 1);
    push("it/base@1.0.0", folder, "--visibility=public", "--license=Apache-2.0");
    Path child = model("child", 3_000_000, 2);
    push("it/base@1.1.0", child, "--parent=it/base@1.0.0:finetune", "--visibility=public");

    assertThat(ok("show", "it/base@1.1.0").out())
        .contains("it/base@1.0.0 (finetune)", "weights.bin", "2.9 MiB");
    assertThat(ok("list", "it/base").out()).contains("it/base@1.0.0", "it/base@1.1.0");
    assertThat(ok("lineage", "it/base@1.1.0", "--up").out())
        .contains("└── from it/base@1.0.0  foundation  finetune");
    assertThat(ok("lineage", "it/base@1.0.0").out()).contains("└── into it/base@1.1.0");
    assertThat(ok("edges", "it/base@1.0.0").out()).contains("EVOLVED_FROM");

    Path bundle = work().resolve("proof.json");
    Path key = work().resolve("germline.pub");
    ok("proof", "it/base@1.1.0", "-o", bundle.toString());
    ok("key", "-o", key.toString());
    Path pulled = work().resolve("pulled");
    ok("pull", "it/base@1.1.0", pulled.toString());
    assertThat(pulled.resolve("weights.bin")).hasSameBinaryContentAs(child.resolve("weights.bin"));
    ok("verify", bundle.toString(), pulled.toString(), "--key", key.toString());

    byte[] bytes = Files.readAllBytes(pulled.resolve("weights.bin"));
    bytes[1_234_567] ^= 1;
    Files.write(pulled.resolve("weights.bin"), bytes);
    CommandLineRun caught =
        server().run("verify", bundle.toString(), pulled.toString(), "--key", key.toString());
    assertThat(caught.exit()).isEqualTo(1);
    assertThat(caught.out()).contains("DIFFERS   weights.bin");

    assertThat(json(ok("log", "--json")).path("items").size()).isGreaterThanOrEqualTo(2);
  }

  @Test
  default void aPublishedVersionIsNotOverwrittenAndAStrangerSeesNothing() throws IOException {
    push("it/mine@1.0.0", model("mine", 1000, 5));
    push("it/mine@1.0.0", model("mine", 1000, 5));
    CommandLineRun other =
        server()
            .run(
                "push",
                "it/mine@1.0.0",
                model("other", 1000, 6).toString(),
                "--type=foundation",
                "--parameters=10",
                "--context-window=8");
    assertThat(other.exit()).isEqualTo(3);
    assertThat(other.err()).contains("LAYER_EXISTS");

    String token = ok("token", "bob", "--ttl=PT1H").out().strip();
    Map<String, String> bob =
        Map.of("GERMLINE_HOME", server().data().toString(), "GERMLINE_TOKEN", token);
    assertThat(CommandLineRun.of(work(), bob, "show", "it/mine@1.0.0").exit()).isEqualTo(3);
    assertThat(CommandLineRun.of(work(), bob, "fsck").exit()).isEqualTo(3);
    CommandLineRun nobody =
        CommandLineRun.of(work(), Map.of(), "list", "--server=" + server().url());
    assertThat(nobody.exit()).isEqualTo(3);
    assertThat(nobody.err()).contains("GERMLINE_TOKEN");
  }
}
