package dev.germline.testing;

import dev.germline.embedded.stores.MysqlEndpoint;
import dev.germline.embedded.stores.Neo4jEndpoint;
import dev.germline.embedded.stores.S3Endpoint;
import io.minio.AbortMultipartUploadArgs;
import io.minio.BucketExistsArgs;
import io.minio.ListMultipartUploadsArgs;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioAsyncClient;
import io.minio.RemoveObjectsArgs;
import io.minio.Result;
import io.minio.errors.MinioException;
import io.minio.messages.DeleteRequest;
import io.minio.messages.DeleteResult;
import io.minio.messages.Item;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Session;

/** Empties stores through their own protocols, so that it works for containers as for children. */
final class Wipe {
  /** The driver tells of every driver opened and closed; the reference keeps the level set. */
  private static final Logger DRIVER_LOG = Logger.getLogger("org.neo4j.driver");

  static {
    DRIVER_LOG.setLevel(Level.WARNING);
  }

  // Kept for the JVM's life: a new client for every wipe would cost more than the wipe.
  private static final Map<Neo4jEndpoint, Driver> DRIVERS = new ConcurrentHashMap<>();
  private static final Map<S3Endpoint, MinioAsyncClient> CLIENTS = new ConcurrentHashMap<>();

  private Wipe() {}

  static MysqlEndpoint createDatabase(MysqlEndpoint server, String name) {
    sql(server, List.of("CREATE DATABASE `" + name + "`"));
    String url = server.url();
    int slash = url.indexOf('/', "jdbc:mysql://".length());
    int question = url.indexOf('?');
    return new MysqlEndpoint(
        url.substring(0, slash + 1) + name + url.substring(question),
        server.user(),
        server.password());
  }

  static void mysql(MysqlEndpoint server) {
    List<String> statements = new ArrayList<>();
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement();
        ResultSet names =
            statement.executeQuery(
                "SELECT schema_name FROM information_schema.schemata"
                    + " WHERE schema_name LIKE 'germline\\_%'")) {
      while (names.next()) {
        statements.add("DROP DATABASE `" + names.getString(1) + "`");
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot wipe " + server, e);
    }
    statements.add("DROP DATABASE germline");
    statements.add("CREATE DATABASE germline");
    sql(server, statements);
  }

  static void neo4j(Neo4jEndpoint server) {
    try (Session session = DRIVERS.computeIfAbsent(server, Wipe::connect).session()) {
      session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume();
      List<String> constraints = names(session, "SHOW CONSTRAINTS YIELD name");
      List<String> indexes =
          names(
              session,
              "SHOW INDEXES YIELD name, type, owningConstraint"
                  + " WHERE type <> 'LOOKUP' AND owningConstraint IS NULL RETURN name");
      // In one transaction: each of its own would cost as much as all together.
      session.executeWriteWithoutResult(tx -> {
        constraints.forEach(name -> tx.run("DROP CONSTRAINT `" + name + "`").consume());
        indexes.forEach(name -> tx.run("DROP INDEX `" + name + "`").consume());
      });
    }
  }

  /** The bucket {@code germline-replica} of a server, made if need be and emptied. */
  static S3Endpoint replica(S3Endpoint server) {
    String bucket = "germline-replica";
    S3Endpoint replica =
        new S3Endpoint(server.uri(), server.accessKey(), server.secretKey(), bucket);
    MinioAsyncClient client = CLIENTS.computeIfAbsent(replica, Wipe::connect);
    if (!client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build()).join()) {
      client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build()).join();
    }
    s3(replica);
    return replica;
  }

  static void s3(S3Endpoint server) {
    MinioAsyncClient client = CLIENTS.computeIfAbsent(server, Wipe::connect);
    String bucket = server.bucket();
    try {
      List<DeleteRequest.Object> objects = new ArrayList<>();
      for (Result<Item> item :
          client.listObjects(ListObjectsArgs.builder().bucket(bucket).recursive(true).build())) {
        objects.add(new DeleteRequest.Object(item.get().objectName()));
      }
      if (!objects.isEmpty()) {
        for (Result<DeleteResult.Error> refused :
            client.removeObjects(
                RemoveObjectsArgs.builder().bucket(bucket).objects(objects).build())) {
          throw new IllegalStateException("cannot wipe " + server + ": " + refused.get());
        }
      }
    } catch (MinioException e) {
      throw new IllegalStateException("cannot wipe " + server, e);
    }
    client
        .listMultipartUploads(ListMultipartUploadsArgs.builder().bucket(bucket).build())
        .join()
        .result()
        .uploads()
        .forEach(upload ->
            client
                .abortMultipartUpload(
                    AbortMultipartUploadArgs.builder()
                        .bucket(bucket)
                        .object(upload.objectName())
                        .uploadId(upload.uploadId())
                        .build())
                .join());
  }

  private static List<String> names(Session session, String query) {
    return session.run(query).list(row -> row.get("name").asString());
  }

  private static void sql(MysqlEndpoint server, List<String> statements) {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot wipe " + server, e);
    }
  }

  private static MinioAsyncClient connect(S3Endpoint server) {
    return MinioAsyncClient.builder()
        .endpoint(server.uri().toString())
        .credentials(server.accessKey(), server.secretKey())
        .build();
  }

  private static Driver connect(Neo4jEndpoint server) {
    return GraphDatabase.driver(server.bolt(), AuthTokens.basic(server.user(), server.password()));
  }

  private static Connection connect(MysqlEndpoint server) throws SQLException {
    return DriverManager.getConnection(server.url(), server.user(), server.password());
  }
}
