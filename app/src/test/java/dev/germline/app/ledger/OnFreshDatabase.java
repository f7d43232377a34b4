package dev.germline.app.ledger;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.ledger.Batch;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Document;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;

/** A database of its own for each test, and what tests commit to it. */
interface OnFreshDatabase {
  FreshDatabase fresh();

  @AfterEach
  default void close() {
    fresh().close();
  }

  default Document document(String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    return Document.of(
        "notes/" + text, Blake3.hash(content), List.of(), 0, content.length, "text/plain");
  }

  default Submission fact(String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    Digest hash = Blake3.hash(content);
    return new Submission(Batch.of(document(text)), Map.of(hash, content), Rows.NONE);
  }

  /** A fact with a row whose key only it may use. */
  default Submission row(int writer, int round) {
    String name = writer + "/" + round;
    return new Submission(
        Batch.of(document(name)),
        Map.of(),
        (connection, sequence) -> {
          try (var insert =
              connection.prepareStatement("INSERT INTO writers (name, sequence) VALUES (?, ?)")) {
            insert.setString(1, name);
            insert.setLong(2, sequence);
            insert.executeUpdate();
          }
        });
  }

  /** Writes its row first and is refused after it. */
  default Submission refused(int writer, int round) {
    Submission good = row(writer, round);
    return new Submission(
        good.batch(),
        Map.of(),
        (connection, sequence) -> {
          good.rows().write(connection, sequence);
          throw new GermlineException(Fault.LAYER_EXISTS, "the name is taken");
        });
  }

  @FunctionalInterface
  interface Work<T> {
    T run(int writer, int round);
  }

  default <T> List<T> concurrently(int writers, int rounds, Work<T> work) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<T>>> running = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        int me = writer;
        running.add(
            threads.submit(() -> {
              List<T> results = new ArrayList<>();
              for (int round = 0; round < rounds; round++) {
                results.add(work.run(me, round));
              }
              return results;
            }));
      }
      List<T> all = new ArrayList<>();
      for (Future<List<T>> results : running) {
        all.addAll(results.get());
      }
      return all;
    }
  }
}
