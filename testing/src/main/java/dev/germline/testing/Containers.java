package dev.germline.testing;

import dev.germline.embedded.stores.MysqlEndpoint;
import dev.germline.embedded.stores.Neo4jEndpoint;
import dev.germline.embedded.stores.S3Endpoint;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.errors.MinioException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.MinIOContainer;
import org.testcontainers.mysql.MySQLContainer;
import org.testcontainers.neo4j.Neo4jContainer;
import org.testcontainers.utility.DockerImageName;

/** The stores as containers, of the images that docker-compose.yml deploys. */
final class Containers {
  private static final String MYSQL = "mysql:8.4";
  private static final String NEO4J = "neo4j:2026.08.1-community";
  private static final String MINIO = "minio/minio:RELEASE.2025-09-07T16-13-09Z";
  private static final String PASSWORD = "germline-test";
  private static final String BUCKET = "germline";

  private Containers() {}

  /** Whether a Docker engine answers. Cheap where there is none: no socket, no question. */
  static boolean answer() {
    boolean plausible =
        System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock"));
    return plausible && DockerClientFactory.instance().isDockerAvailable();
  }

  static Backend start(Store store) {
    return switch (store) {
      case MYSQL, REAL_MYSQL -> mysql();
      case NEO4J -> neo4j();
      case S3 -> s3();
    };
  }

  private static Backend mysql() {
    MySQLContainer container =
        new MySQLContainer(DockerImageName.parse(MYSQL))
            .withDatabaseName("germline")
            .withUsername("root")
            .withPassword(PASSWORD)
            .withCommand("--character-set-server=utf8mb4", "--collation-server=utf8mb4_bin");
    container.start();
    String url =
        "jdbc:mysql://%s:%d/germline?%s"
            .formatted(
                container.getHost(), container.getMappedPort(3306), MysqlEndpoint.PARAMETERS);
    return new Running(container, Kept.of(new MysqlEndpoint(url, "root", PASSWORD)));
  }

  private static Backend neo4j() {
    Neo4jContainer container =
        new Neo4jContainer(DockerImageName.parse(NEO4J)).withAdminPassword(PASSWORD);
    container.start();
    return new Running(
        container,
        Kept.of(
            new Neo4jEndpoint(
                URI.create(container.getBoltUrl()),
                URI.create(container.getHttpUrl() + "/"),
                "neo4j",
                PASSWORD)));
  }

  private static Backend s3() {
    MinIOContainer container = new MinIOContainer(DockerImageName.parse(MINIO));
    container.start();
    try (MinioClient client =
        MinioClient.builder()
            .endpoint(container.getS3URL())
            .credentials(container.getUserName(), container.getPassword())
            .build()) {
      client.makeBucket(MakeBucketArgs.builder().bucket(BUCKET).build());
    } catch (MinioException e) {
      container.stop();
      throw new IllegalStateException("MinIO did not create its bucket", e);
    } catch (Exception e) {
      throw new IllegalStateException("the MinIO client could not be closed", e);
    }
    return new Running(
        container,
        Kept.of(
            new S3Endpoint(
                URI.create(container.getS3URL()),
                container.getUserName(),
                container.getPassword(),
                BUCKET)));
  }

  private record Running(GenericContainer<?> container, Kept kept) implements Backend {
    @Override
    public void close() {
      container.stop();
    }
  }
}
