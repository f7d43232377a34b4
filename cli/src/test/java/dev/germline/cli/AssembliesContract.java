package dev.germline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Layers put together. */
interface AssembliesContract extends OnServer {
  @Test
  default void anAssemblyIsLockedAndPulledByteForByte() throws IOException {
    Path base = model("asm-base", 300_000, 11);
    Path tone = model("asm-tone", 200_000, 12);
    push("asm/base@1.0.0", base, "--license=MIT");
    push("asm/tone@1.0.0", tone, "--license=MIT");
    push("asm/tone@1.1.0", base, "--license=MIT");
    Path spec = work().resolve("persona.yaml");
    Files.writeString(
        spec,
        """
        name: asm/mia@1.0.0
        layers:
          - {layer: asm/base, id: base}
          - {layer: asm/tone@~1.0, id: voice, weight: 0.7}
        persona: {identity: Mia, evolutionGoals: [patience]}
        """);
    assertThat(server().run("check", "asm/base", "asm/tone@1.0.0").exit()).isIn(0, 1);
    assertThat(ok("resolve", "asm/base", "asm/tone").out()).contains("asm/tone@1.1.0");
    assertThat(server().run("resolve", "asm/base", "asm/tone@^2").exit()).isEqualTo(2);
    assertThat(ok("assemble", spec.toString()).out()).contains("asm/mia@1.0.0", "asm/tone@1.0.0");

    Path lock = work().resolve("mia.lock");
    ok("lock", "asm/mia@1.0.0", "-o", lock.toString());
    Path into = work().resolve("mia");
    JsonNode pulled = json(ok("pull", "--lock", lock.toString(), into.toString(), "--json"));
    assertThat(pulled.path("layers").asInt()).isEqualTo(2);
    assertThat(into.resolve("asm/tone@1.0.0/weights.bin"))
        .hasSameBinaryContentAs(tone.resolve("weights.bin"));
    assertThat(into.resolve("asm/base@1.0.0/weights.bin"))
        .hasSameBinaryContentAs(base.resolve("weights.bin"));

    Files.writeString(lock, Files.readString(lock).replace("asm/tone@1.0.0", "asm/tone@1.1.0"));
    CommandLineRun changed = server().run("pull", "--lock", lock.toString(), into.toString());
    assertThat(changed.exit()).isNotZero();
    assertThat(changed.err()).contains("it was changed");

    Path merge = work().resolve("merge.yaml");
    Files.writeString(
        merge,
        """
        merge_method: linear
        models:
          - {model: asm/base@1.0.0, parameters: {weight: 0.5}}
          - {model: asm/tone@1.1.0, parameters: {weight: 0.5}}
        dtype: bfloat16
        """);
    ok("assemble", merge.toString(), "--name", "asm/merged@1.0.0");
    assertThat(ok("lock", "asm/merged@1.0.0", "--format", "mergekit").out())
        .contains("\"merge_method\":\"linear\"", "asm/tone@1.1.0");
  }
}
