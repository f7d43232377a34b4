package dev.germline.embedded.stores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program whose start an ahead-of-time cache shortens. */
interface Trainee {
  /** The folder of its jars, where the cache goes. */
  Path program();

  /** Starts it at the lowest priority on data of no value; when it ends it writes {@code cache}. */
  Child startTraining(Path cache) throws IOException;

  boolean ready();

  /** Does what its users do first: the classes behind it are worth having ready. */
  void exercise();

  /** Removes what the training left, the cache apart. */
  void tidy() throws IOException;

  /** The beginning of a command line that may wait for everyone else. */
  static List<String> lowestPriority() {
    Path nice = Path.of("/usr/bin/nice");
    return new ArrayList<>(
        Files.isExecutable(nice) ? List.of(nice.toString(), "-n", "19") : List.of());
  }
}
