package dev.germline.embedded.stores;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** S3Proxy over a folder, in its own JVM. */
final class S3Server implements Server {
  static final String BUCKET = "germline";

  private static final String LOGGING =
      """
      <configuration>
        <appender name="STDOUT" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%d{yyyy-MM-dd'T'HH:mm:ss.SSS} %-5level %logger{20} %msg%n</pattern></encoder>
        </appender>
        <root level="WARN"><appender-ref ref="STDOUT"/></root>
      </configuration>
      """;

  private final DataDir dir;
  private final Secrets secrets;
  private final Path lib;
  private final int port;
  private final int heapMiB;

  S3Server(DataDir dir, Path lib, int port, int heapMiB) throws IOException {
    this.dir = dir;
    this.secrets = dir.secrets();
    this.lib = lib;
    this.port = port;
    this.heapMiB = heapMiB;
  }

  S3Endpoint endpoint() {
    return new S3Endpoint(address(), secrets.s3AccessKey(), secrets.s3SecretKey(), BUCKET);
  }

  @Override
  public Part part() {
    return Part.S3;
  }

  @Override
  public URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public Duration grace() {
    return Duration.ofSeconds(3);
  }

  @Override
  public Child start() throws IOException {
    Path home = dir.home(Part.S3);
    Path buckets = home.resolve("data");
    Files.createDirectories(buckets.resolve(BUCKET));
    Path logging = home.resolve("logback.xml");
    Files.writeString(logging, LOGGING);
    Path properties = home.resolve("s3proxy.properties");
    Json.writePrivate(properties, configuration(buckets).getBytes(StandardCharsets.UTF_8));
    Path arguments = home.resolve("java.args");
    Dist.writeArguments(
        arguments,
        List.of(
            "-XX:+UseSerialGC",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-Dlogback.configurationFile=" + logging,
            "-cp",
            Dist.classPath(lib)));
    return Child.start(
        List.of(
            Dist.java(),
            "-Xmx" + heapMiB + "m",
            "@" + arguments,
            "org.gaul.s3proxy.Main",
            "--properties",
            properties.toString()),
        Map.of(),
        home,
        dir.log(Part.S3));
  }

  /** Lists the bucket with a request signed by our random key: no other server would answer it. */
  @Override
  public boolean ready() {
    long expires = Instant.now().plusSeconds(60).getEpochSecond();
    String signature = sign("GET\n\n\n" + expires + "\n/" + BUCKET);
    String query =
        "?max-keys=1&AWSAccessKeyId=%s&Expires=%d&Signature=%s"
            .formatted(
                secrets.s3AccessKey(),
                expires,
                URLEncoder.encode(signature, StandardCharsets.UTF_8));
    try {
      HttpURLConnection connection =
          (HttpURLConnection) address().resolve("/" + BUCKET + query).toURL().openConnection();
      connection.setConnectTimeout(500);
      connection.setReadTimeout(5_000);
      try {
        return connection.getResponseCode() == 200;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return false;
    }
  }

  private String configuration(Path buckets) {
    return """
    s3proxy.endpoint=%s
    s3proxy.authorization=aws-v2-or-v4
    s3proxy.identity=%s
    s3proxy.credential=%s
    s3proxy.ignore-unknown-headers=true
    jclouds.provider=filesystem-nio2
    jclouds.filesystem.basedir=%s
    """
        .formatted(address(), secrets.s3AccessKey(), secrets.s3SecretKey(), buckets);
  }

  /** AWS signature version 2, which fits in a line and is all a readiness check needs. */
  private String sign(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(
          new SecretKeySpec(secrets.s3SecretKey().getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA1", e);
    }
  }
}
