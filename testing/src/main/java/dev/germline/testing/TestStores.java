package dev.germline.testing;

import dev.germline.embedded.stores.MysqlEndpoint;
import dev.germline.embedded.stores.Neo4jEndpoint;
import dev.germline.embedded.stores.S3Endpoint;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Where tests get their stores: containers where a Docker engine answers, else the embedded ones. A
 * set for each test JVM, kept for the next one of the build; each store is started by the first
 * test that asks for it and empty when a test class's JVM first sees it; tests call {@link #wipe}
 * between them. Not for tests that kill servers: those start their own {@link
 * dev.germline.embedded.stores.Stores}.
 */
public final class TestStores {
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static final Object LOCK = new Object();

  private static @Nullable Keepers keepers;

  private TestStores() {}

  /** A MySQL-speaking server, database {@code germline}; the user may create {@code germline_*}. */
  public static MysqlEndpoint mysql() {
    return Objects.requireNonNull(get(Store.MYSQL).mysql());
  }

  /** Neo4j Community. */
  public static Neo4jEndpoint neo4j() {
    return Objects.requireNonNull(get(Store.NEO4J).neo4j());
  }

  /** An S3 server with the bucket {@code germline}; path-style addresses. */
  public static S3Endpoint s3() {
    return Objects.requireNonNull(get(Store.S3).s3());
  }

  /** A second bucket of that server, empty at each call: a replica. */
  public static S3Endpoint s3Replica() {
    return Wipe.replica(s3());
  }

  /** An empty database of its own (some milliseconds); {@link #wipe} drops it. */
  public static MysqlEndpoint freshMysqlDatabase() {
    return Wipe.createDatabase(mysql(), "germline_t" + DATABASES.incrementAndGet());
  }

  /** As {@link #freshMysqlDatabase} on another server, {@link RealMysql} for example. */
  public static MysqlEndpoint freshMysqlDatabase(MysqlEndpoint server) {
    return Wipe.createDatabase(server, "germline_t" + DATABASES.incrementAndGet());
  }

  /**
   * Empties every store that this JVM asked for: databases, graph with its schema, bucket with its
   * unfinished uploads.
   */
  public static void wipe() {
    synchronized (LOCK) {
      if (keepers != null) {
        keepers.known().values().forEach(TestStores::wipe);
      }
    }
  }

  static Kept get(Store store) {
    synchronized (LOCK) {
      Keepers mine = keepers;
      if (mine == null) {
        mine = Keepers.ofThisBuild();
        keepers = mine;
      }
      boolean known = mine.known().containsKey(store);
      Kept kept = mine.get(store);
      if (!known && kept.refusal() == null) {
        wipe(kept); // another module's tests may have left something
      }
      if (kept.refusal() != null && store != Store.REAL_MYSQL) {
        throw new IllegalStateException("no " + store.word() + " for tests: " + kept.refusal());
      }
      return kept;
    }
  }

  private static void wipe(Kept kept) {
    if (kept.mysql() != null) {
      Wipe.mysql(kept.mysql());
    }
    if (kept.neo4j() != null) {
      Wipe.neo4j(kept.neo4j());
    }
    if (kept.s3() != null) {
      Wipe.s3(kept.s3());
    }
  }
}
