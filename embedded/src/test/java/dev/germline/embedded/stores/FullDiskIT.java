package dev.germline.embedded.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.germline.embedded.stores.Trouble.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On a small file system of its own; skipped where this user may not mount one. */
@Timeout(180)
class FullDiskIT {
  @TempDir Path temp;

  private boolean mounted;

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertThat(run("umount", disk().toString())).isEmpty();
    }
  }

  @Test
  void tooLittleRoomIsSaidBeforeAnythingStarts() throws Exception {
    mount(64);

    Trouble trouble = catchThrowableOfType(Trouble.class, () -> Stores.start(settings(Part.S3)));

    assertThat(trouble.kind()).isEqualTo(Kind.DISK_FULL);
    assertThat(trouble).hasMessageContaining("is full: 6").hasMessageContaining("256 MiB needed");
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "NEO4J"})
  void aPartThatFindsNoRoomSaysSo(Part part) throws Exception {
    mount(600);
    try (Stores stores = Stores.start(settings(part))) {
      stores.stop(part);
      fill();

      Trouble trouble = catchThrowableOfType(Trouble.class, () -> stores.restart(part));

      assertThat(trouble).as("a full disk was no trouble to " + part).isNotNull();
      assertThat(trouble.kind()).as(trouble.getMessage()).isEqualTo(Kind.DISK_FULL);
      assertThat(trouble.getMessage()).contains("disk").contains("is full").doesNotContain("\n");
      assertThat(stores.process(part).isAlive()).isFalse();
    }
  }

  private Settings settings(Part part) {
    return Settings.stores(disk()).withParts(EnumSet.of(part));
  }

  private Path disk() {
    return temp.resolve("disk");
  }

  private void mount(int mebibytes) throws Exception {
    Files.createDirectories(disk());
    String said = run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "t", disk() + "");
    mounted = said.isEmpty();
    if (!mounted) {
      System.out.println("Skipped, no small file system can be mounted here: " + said);
    }
    assumeTrue(mounted, "no small file system can be mounted here: " + said);
  }

  private void fill() throws IOException {
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(disk().resolve("filler"))) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  /** What a command said; nothing when all went well. */
  private static String run(String... command) throws Exception {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException missing) {
      return String.valueOf(missing.getMessage());
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? "" : List.of(command) + ": " + said.strip();
  }
}
