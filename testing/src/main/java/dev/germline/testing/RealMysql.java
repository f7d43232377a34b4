package dev.germline.testing;

import dev.germline.embedded.stores.MysqlEndpoint;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * MySQL 9 itself, beside the MariaDB of the embedded set, for the tests whose SQL must suit both.
 * Obtained by {@code scripts/mysql-sid.sh} on first use (a download of 60 MB), one per build.
 */
public final class RealMysql {
  private RealMysql() {}

  /** The server, or nothing where it cannot be had; {@link #refusal} then says why. */
  public static Optional<MysqlEndpoint> find() {
    return Optional.ofNullable(TestStores.get(Store.REAL_MYSQL).mysql());
  }

  /** Why there is none; empty when there is one. */
  public static String refusal() {
    return Objects.requireNonNullElse(TestStores.get(Store.REAL_MYSQL).refusal(), "");
  }

  /** The server; where it cannot be had the test is skipped and its report says why. */
  public static MysqlEndpoint require() {
    Optional<MysqlEndpoint> found = find();
    if (found.isEmpty()) {
      System.out.println("Skipped, no real MySQL: " + refusal());
      Assumptions.abort("no real MySQL: " + refusal());
    }
    return found.orElseThrow();
  }
}
