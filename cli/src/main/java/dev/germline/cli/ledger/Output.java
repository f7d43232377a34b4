package dev.germline.cli.ledger;

import dev.germline.cli.ExitCode;
import dev.germline.cli.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a small file whole or not at all. */
final class Output {
  private Output() {}

  static void write(Path file, byte[] bytes) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.write(part, bytes);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new Stop(ExitCode.LOCAL, "cannot write " + file + ": " + e.getMessage(), null, e);
    }
  }
}
