package dev.germline.embedded.launcher;

import dev.germline.embedded.stores.Part;
import dev.germline.embedded.stores.Settings;
import dev.germline.embedded.stores.Trouble;
import java.nio.file.Path;
import java.util.EnumSet;

/** {@code germline up} without the parts that are slow to start, as a process of its own. */
final class QuickSet {
  private QuickSet() {}

  public static void main(String[] arguments) {
    Settings settings =
        Settings.stores(Path.of(arguments[0])).withParts(EnumSet.of(Part.MARIADB, Part.S3));
    try {
      System.exit(new Supervisor(settings).run());
    } catch (Trouble trouble) {
      System.out.println("germline: " + trouble.getMessage());
      System.exit(trouble.kind().exitCode());
    }
  }
}
