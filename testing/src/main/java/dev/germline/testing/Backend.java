package dev.germline.testing;

import dev.germline.embedded.stores.Part;
import dev.germline.embedded.stores.Settings;
import dev.germline.embedded.stores.Stores;
import java.nio.file.Path;
import java.util.Set;

/** A running store of one kind or another. Closing it twice is harmless. */
interface Backend extends AutoCloseable {
  Kept kept();

  @Override
  void close();

  static Backend start(Store store, Path dir) {
    if (store == Store.REAL_MYSQL) {
      return MysqlSid.start(dir);
    }
    return Containers.answer() ? Containers.start(store) : embedded(store, dir);
  }

  private static Backend embedded(Store store, Path dir) {
    Part part =
        switch (store) {
          case MYSQL, REAL_MYSQL -> Part.MARIADB;
          case NEO4J -> Part.NEO4J;
          case S3 -> Part.S3;
        };
    Stores stores = Stores.start(Settings.stores(dir).withParts(Set.of(part)));
    Kept kept =
        switch (store) {
          case MYSQL, REAL_MYSQL -> Kept.of(stores.mysql());
          case NEO4J -> Kept.of(stores.neo4j());
          case S3 -> Kept.of(stores.s3());
        };
    return new Backend() {
      @Override
      public Kept kept() {
        return kept;
      }

      @Override
      public void close() {
        stores.close();
      }
    };
  }
}
