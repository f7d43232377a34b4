package dev.germline.testing;

import dev.germline.embedded.stores.DataDir;
import dev.germline.embedded.stores.Json;
import dev.germline.embedded.stores.Recorded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps one store for as long as the build runs: {@code Keeper STORE DIR PID STARTED}. Started by
 * the first test that asks for the store, ends with the process PID (Maven), and leaves nothing
 * behind.
 */
final class Keeper {
  private Keeper() {}

  public static void main(String[] arguments) throws IOException {
    Store store = Store.valueOf(arguments[0]);
    Path dir = Path.of(arguments[1]);
    Recorded build = new Recorded(Long.parseLong(arguments[2]), Long.parseLong(arguments[3]));
    Path announcement = announcement(dir, store);
    try (Backend backend = Backend.start(store, dir.resolve(store.word()))) {
      Runtime.getRuntime().addShutdownHook(new Thread(backend::close));
      Json.write(announcement, backend.kept());
      Optional<ProcessHandle> process = build.process();
      if (process.isPresent()) {
        process.get().onExit().join();
      }
    } catch (RuntimeException e) {
      e.printStackTrace();
      Json.write(announcement, Kept.refused(String.valueOf(e.getMessage())));
      return;
    }
    Files.deleteIfExists(announcement);
    DataDir.deleteTree(dir.resolve(store.word()));
    Files.deleteIfExists(log(dir, store));
  }

  /** The file in which the keeper of {@code store} says where it answers. */
  static Path announcement(Path dir, Store store) {
    return dir.resolve(store.word() + ".json");
  }

  /** What the keeper of {@code store} prints; it stays only when the keeper failed. */
  static Path log(Path dir, Store store) {
    return dir.resolve(store.word() + "-keeper.log");
  }
}
