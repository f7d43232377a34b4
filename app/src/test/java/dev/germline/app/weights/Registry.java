package dev.germline.app.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.app.TestApp;
import dev.germline.app.blobs.Blobs;
import dev.germline.app.layers.Samples;
import dev.germline.app.sql.Database;
import dev.germline.blobstore.segment.FramePlace;
import dev.germline.blobstore.segment.SegmentRef;
import dev.germline.blobstore.segment.SegmentStore;
import dev.germline.blobstore.weights.PieceIndex;
import dev.germline.core.substrate.Digest;
import dev.germline.embedded.stores.MysqlEndpoint;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A server with a database of its own and no graph, and what lies behind it. */
final class Registry implements AutoCloseable {
  static final CollectionSettings SETTINGS =
      new CollectionSettings(Duration.ofHours(6), Duration.ofDays(7), Duration.ofHours(1));

  private final TestApp app;

  Registry(MysqlEndpoint mysql) {
    this.app =
        TestApp.start(
            Map.of(
                "germline.mysql.url", mysql.url(),
                "germline.mysql.user", mysql.user(),
                "germline.mysql.password", mysql.password(),
                "germline.neo4j.uri", "bolt://127.0.0.1:1",
                "germline.ledger.visible-timeout", "1ms"));
  }

  /** A collection as it would be so long from now. */
  WeightCollection collection(Duration later) {
    return new WeightCollection(
        database(),
        app.bean(PieceIndex.class),
        app.bean(SegmentStore.class),
        SETTINGS,
        Clock.offset(Clock.systemUTC(), later));
  }

  TestApp.As anna() {
    return app.as("anna");
  }

  TestApp.As as(String name) {
    return app.as(name);
  }

  Database database() {
    return app.bean(Database.class);
  }

  /** Publishes a layer of one file that is uploaded. */
  TestApp.Answer publish(String name, String blake3) {
    return anna()
        .post(
            "/api/v1/layers",
            Samples.foundation(name + "@1.0.0").file("model.safetensors", blake3).json());
  }

  /** Uploads a file and publishes it. */
  String published(String name, byte[] file) {
    String blake3 = anna().upload(file);
    TestApp.Answer answer = publish(name, blake3);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return blake3;
  }

  /** What is wrong with a blob; empty: it is there and is what its name says. */
  Optional<String> problem(String blake3) {
    return app.bean(Blobs.class).problem(Digest.parse(blake3));
  }

  boolean exists(String blake3) {
    return !app.bean(Blobs.class).everywhere(Digest.parse(blake3)).isEmpty();
  }

  long count(String table) {
    return number("SELECT COUNT(*) FROM " + table);
  }

  long number(String sql) {
    return database()
        .read(connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql);
              ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
          }
        });
  }

  void sql(String statement) {
    database()
        .<Integer>read(connection -> {
          try (PreparedStatement update = connection.prepareStatement(statement)) {
            return update.executeUpdate();
          }
        });
  }

  /** The names of all objects with weights. */
  List<Digest> objects() {
    return hashes("SELECT hash FROM segments ORDER BY id");
  }

  List<Digest> hashes(String sql) {
    return database()
        .read(connection -> {
          List<Digest> hashes = new ArrayList<>();
          try (PreparedStatement select = connection.prepareStatement(sql);
              ResultSet row = select.executeQuery()) {
            while (row.next()) {
              hashes.add(Digest.of(row.getBytes(1)));
            }
          }
          return hashes;
        });
  }

  /** Whether S3 has such an object. */
  boolean stored(Digest object) {
    return app.bean(SegmentStore.class)
        .readFrom(0, new FramePlace(new SegmentRef(object, Optional.empty()), 0, 1))
        .isPresent();
  }

  /** A safetensors file of bf16 tensors of 128 x 1024 weights, one for each seed. */
  static byte[] model(long... seeds) {
    return model(0, seeds);
  }

  /** As {@link #model(long...)}, each weight moved a little. */
  static byte[] model(long tuning, long[] seeds) {
    int bytes = 2 * 128 * 1024;
    StringBuilder header = new StringBuilder("{");
    for (int t = 0; t < seeds.length; t++) {
      header
          .append(t == 0 ? "" : ",")
          .append(
              "\"t%d\":{\"dtype\":\"BF16\",\"shape\":[128,1024],\"data_offsets\":[%d,%d]}"
                  .formatted(t, t * bytes, (t + 1) * bytes));
    }
    byte[] json = header.append("}").toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(8 + json.length + seeds.length * bytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(json.length)
            .put(json);
    Random moves = new Random(tuning);
    for (long seed : seeds) {
      Random random = new Random(seed);
      for (int i = 0; i < bytes / 2; i++) {
        float weight = (float) (random.nextGaussian() * 0.02);
        float moved = tuning == 0 ? weight : (float) (weight * (1 + 0.01 * moves.nextGaussian()));
        file.putShort((short) (Float.floatToIntBits(moved) >>> 16));
      }
    }
    return file.array();
  }

  @Override
  public void close() {
    app.close();
  }
}
