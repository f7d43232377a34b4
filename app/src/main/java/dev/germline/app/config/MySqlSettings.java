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
 */
@ConfigurationProperties("germline.mysql")
public record MySqlSettings(
    String url, String user, String password, int poolSize, Duration connectTimeout) {
  public MySqlSettings {
    url = Unset.required("GERMLINE_MYSQL_URL", url, "jdbc:mysql://localhost:3306/germline");
    if (!url.startsWith("jdbc:mysql://")) {
      throw new StartRefused("GERMLINE_MYSQL_URL", "must start with jdbc:mysql://, and is " + url);
    }
  }
}
