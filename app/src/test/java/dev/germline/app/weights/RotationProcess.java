package dev.germline.app.weights;

import dev.germline.app.config.MySqlSettings;
import dev.germline.app.sql.Database;
import dev.germline.blobstore.keys.KeyRing;
import dev.germline.blobstore.keys.Rewrapping;
import dev.germline.blobstore.keys.WrappedKey;
import dev.germline.core.GermlineException;
import java.time.Duration;

/** Rotates the master key, in a process that can be killed. */
final class RotationProcess {
  private RotationProcess() {}

  /** Takes URL, user, password and master keys. */
  public static void main(String[] arguments) {
    try (Database database = database(arguments[0], arguments[1], arguments[2])) {
      new Rewrapping(new StoredDataKeys(database), KeyRing.parse(arguments[3]))
          .run(
              new Rewrapping.Listener() {
                @Override
                public void rewrapped(WrappedKey key) {}

                @Override
                public void failed(WrappedKey key, GermlineException why) {
                  System.out.println(why.detail());
                }
              });
    }
  }

  static Database database(String url, String user, String password) {
    return Database.open(
        new MySqlSettings(url, user, password, 4, Duration.ofSeconds(5), Duration.ofSeconds(30)));
  }
}
