package dev.germline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.server.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** The real server, and what tests run against it. */
interface OnServer {
  RealServer server();

  /** A folder of this test. */
  Path work();

  /** Runs a command that succeeds. */
  default CommandLineRun ok(String... arguments) {
    CommandLineRun run = server().run(arguments);
    assertThat(run.exit()).as(String.join(" ", arguments) + "\n" + run.out() + run.err()).isZero();
    return run;
  }

  default JsonNode json(CommandLineRun run) throws IOException {
    return Json.read(run.out().getBytes(StandardCharsets.UTF_8));
  }

  default Path model(String name, int size, long seed) throws IOException {
    Path folder = Files.createDirectories(work().resolve(name));
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    Files.write(folder.resolve("weights.bin"), bytes);
    Files.writeString(folder.resolve("README.md"), "# " + name);
    return folder;
  }

  default void push(String name, Path folder, String... more) {
    String[] arguments = {
      "push", name, folder.toString(), "--type=foundation", "--parameters=10", "--context-window=8"
    };
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    ok(all);
  }
}
