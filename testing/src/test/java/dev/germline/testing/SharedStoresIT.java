package dev.germline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.embedded.stores.MysqlEndpoint;
import dev.germline.embedded.stores.Neo4jEndpoint;
import dev.germline.embedded.stores.S3Endpoint;
import io.minio.CreateMultipartUploadArgs;
import io.minio.ListMultipartUploadsArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioAsyncClient;
import io.minio.PutObjectArgs;
import java.io.ByteArrayInputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Session;

class SharedStoresIT {

  @Test
  void wipingLeavesEmptyDatabases() throws Exception {
    MysqlEndpoint mysql = TestStores.mysql();
    MysqlEndpoint other = TestStores.freshMysqlDatabase();
    execute(mysql, "CREATE TABLE kept (id INT PRIMARY KEY)");
    execute(other, "CREATE TABLE kept (id INT PRIMARY KEY)");

    TestStores.wipe();

    String tables =
        "SELECT count(*) FROM information_schema.tables WHERE table_schema LIKE 'germline%'";
    assertThat(number(mysql, tables)).isZero();
    String databases =
        "SELECT count(*) FROM information_schema.schemata WHERE schema_name LIKE 'germline%'";
    assertThat(number(mysql, databases)).isOne();
  }

  @Test
  void wipingLeavesAnEmptyGraphWithoutSchema() {
    Neo4jEndpoint neo4j = TestStores.neo4j();
    try (Driver driver =
            GraphDatabase.driver(neo4j.bolt(), AuthTokens.basic(neo4j.user(), neo4j.password()));
        Session session = driver.session()) {
      session.run("CREATE CONSTRAINT kept FOR (l:Layer) REQUIRE l.id IS UNIQUE").consume();
      session.run("CREATE INDEX seen FOR (l:Layer) ON (l.name)").consume();
      session.run("CREATE (:Layer {id: 1})-[:EVOLVED_FROM]->(:Layer {id: 2})").consume();

      TestStores.wipe();

      assertThat(session.run("MATCH (n) RETURN count(n) AS n").single().get("n").asInt()).isZero();
      assertThat(session.run("SHOW CONSTRAINTS").list()).isEmpty();
      assertThat(session.run("SHOW INDEXES YIELD type WHERE type <> 'LOOKUP'").list()).isEmpty();
    }
  }

  @Test
  void wipingLeavesAnEmptyBucketWithoutUnfinishedUploads() throws Exception {
    S3Endpoint s3 = TestStores.s3();
    String bucket = s3.bucket();
    try (MinioAsyncClient client =
        MinioAsyncClient.builder()
            .endpoint(s3.uri().toString())
            .credentials(s3.accessKey(), s3.secretKey())
            .build()) {
      byte[] bytes = {1, 2, 3};
      client
          .putObject(
              PutObjectArgs.builder().bucket(bucket).object("a/b").stream(
                      new ByteArrayInputStream(bytes), (long) bytes.length, -1L)
                  .build())
          .join();
      client
          .createMultipartUpload(
              CreateMultipartUploadArgs.builder().bucket(bucket).object("a/half").build())
          .join();

      TestStores.wipe();

      assertThat(
              client.listObjects(ListObjectsArgs.builder().bucket(bucket).recursive(true).build()))
          .isEmpty();
      assertThat(
              client
                  .listMultipartUploads(ListMultipartUploadsArgs.builder().bucket(bucket).build())
                  .join()
                  .result()
                  .uploads())
          .isEmpty();
    }
  }

  @Test
  void storesAreSharedWithinTheBuild() {
    assertThat(TestStores.mysql()).isEqualTo(TestStores.mysql());
    assertThat(TestStores.get(Store.MYSQL).keeper().process()).isPresent();
  }

  @Test
  void realMysqlIsMysqlNine() throws Exception {
    MysqlEndpoint mysql = RealMysql.require();
    try (Connection connection = connect(mysql)) {
      assertThat(connection.getMetaData().getDatabaseProductName()).isEqualTo("MySQL");
      assertThat(connection.getMetaData().getDatabaseProductVersion()).startsWith("9.");
    }
  }

  private static Connection connect(MysqlEndpoint at) throws Exception {
    return DriverManager.getConnection(at.url(), at.user(), at.password());
  }

  private static void execute(MysqlEndpoint at, String sql) throws Exception {
    try (Connection connection = connect(at);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long number(MysqlEndpoint at, String sql) throws Exception {
    try (Connection connection = connect(at);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
