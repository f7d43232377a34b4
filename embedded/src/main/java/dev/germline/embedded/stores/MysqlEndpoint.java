package dev.germline.embedded.stores;

/**
 * Where a MySQL-speaking server answers.
 *
 * @param url JDBC URL for MySQL Connector/J, database included
 * @param user may do everything to the databases {@code germline} and {@code germline_*}
 */
public record MysqlEndpoint(String url, String user, String password) {
  /** What every JDBC URL of ours carries: plain TCP on loopback, times in UTC, real batches. */
  public static final String PARAMETERS =
      "sslMode=DISABLED&allowPublicKeyRetrieval=true&connectionTimeZone=UTC"
          + "&forceConnectionTimeZoneToSession=true&rewriteBatchedStatements=true";

  /** The endpoint of {@code database} on a server of this machine. */
  public static MysqlEndpoint local(int port, String database, String user, String password) {
    return new MysqlEndpoint(
        "jdbc:mysql://127.0.0.1:" + port + "/" + database + "?" + PARAMETERS, user, password);
  }

  @Override
  public String toString() {
    return "MysqlEndpoint[" + url + ", " + user + "]";
  }
}
