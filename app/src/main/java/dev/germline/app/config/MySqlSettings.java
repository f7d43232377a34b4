package dev.germline.app.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.time.Duration;

/**
 * The ledger's and registry's database.
 *
 * @param url JDBC, {@code jdbc:mysql://host:port/database} (GERMLINE_MYSQL_URL)
 * @param user GERMLINE_MYSQL_USER
 * @param password GERMLINE_MYSQL_PASSWORD
 * @param poolSize connections at most; what bounds the work in MySQL
 * @param connectTimeout how long to wait for a connection, from the server or out of the pool
 * @param socketTimeout how long a server may be silent in the middle of an answer before its
 *     connection is given up; longer than MySQL waits for a row's lock (50 s), so that it is the
 *     server that ends such a wait. Migrations and the reading of whole tables have {@link
 *     #LONGEST_WORK} instead
 */
@ConfigurationProperties("germline.mysql")
public record MySqlSettings(
    String url,
    String user,
    String password,
    int poolSize,
    Duration connectTimeout,
    Duration socketTimeout) {
  /** How long a migration's statement, or the first row of a whole table, may take. */
  public static final Duration LONGEST_WORK = Duration.ofMinutes(30);

  public MySqlSettings {
    url = Unset.required("GERMLINE_MYSQL_URL", url, "jdbc:mysql://localhost:3306/germline");
    if (!url.startsWith("jdbc:mysql://")) {
      throw new StartRefused("GERMLINE_MYSQL_URL", "must start with jdbc:mysql://, and is " + url);
    }
    if (!socketTimeout.isPositive() || socketTimeout.compareTo(LONGEST_WORK) > 0) {
      throw new StartRefused(
          "germline.mysql.socket-timeout",
          "is more than nothing and at most %s, and not %s".formatted(LONGEST_WORK, socketTimeout));
    }
  }
}
