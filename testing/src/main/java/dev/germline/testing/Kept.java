package dev.germline.testing;

import dev.germline.embedded.stores.MysqlEndpoint;
import dev.germline.embedded.stores.Neo4jEndpoint;
import dev.germline.embedded.stores.Recorded;
import dev.germline.embedded.stores.S3Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * What a keeper tells the test JVMs, in one JSON file: where its store answers, or why it has none.
 *
 * @param keeper the process that keeps it
 * @param refusal why there is no store, in words for a test report
 */
record Kept(
    Recorded keeper,
    @Nullable MysqlEndpoint mysql,
    @Nullable Neo4jEndpoint neo4j,
    @Nullable S3Endpoint s3,
    @Nullable String refusal) {

  static Kept refused(String why) {
    return new Kept(self(), null, null, null, why);
  }

  static Kept of(MysqlEndpoint mysql) {
    return new Kept(self(), mysql, null, null, null);
  }

  static Kept of(Neo4jEndpoint neo4j) {
    return new Kept(self(), null, neo4j, null, null);
  }

  static Kept of(S3Endpoint s3) {
    return new Kept(self(), null, null, s3, null);
  }

  private static Recorded self() {
    return Recorded.of(ProcessHandle.current());
  }
}
