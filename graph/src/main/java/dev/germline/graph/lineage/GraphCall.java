package dev.germline.graph.lineage;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;
import org.neo4j.driver.TransactionCallback;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.RetryableException;

/**
 * Asks the graph within a time. Whatever keeps Neo4j from answering is one fault to the one who
 * asks; a defect is another. The driver itself would wait for minutes where a connection is
 * silently lost: so it works on a thread of its own, whose interruption makes it give the
 * connection up. Thread-safe.
 */
final class GraphCall {
  private final Driver driver;
  private final Duration limit;
  private final TransactionConfig transactions;

  GraphCall(Driver driver, Duration limit) {
    this.driver = driver;
    this.limit = limit;
    this.transactions = TransactionConfig.builder().withTimeout(limit).build();
  }

  /**
   * The rows of one statement, by one round trip.
   *
   * @throws GermlineException STORE_UNAVAILABLE
   */
  List<Record> rows(String statement, Map<String, Object> parameters) {
    // All at once: a thread that takes them one by one is woken for nearly each of them.
    return within(session -> {
      try {
        return session.run(statement, parameters, transactions).list();
      } catch (Neo4jException failure) {
        if (!(failure instanceof RetryableException)) {
          throw failure;
        }
        return session.executeRead(tx -> tx.run(statement, parameters).list(), transactions);
      }
    });
  }

  /**
   * What the work reads, in one transaction.
   *
   * @throws GermlineException STORE_UNAVAILABLE, and what the work throws
   */
  <T> T read(TransactionCallback<T> work) {
    return within(session -> session.executeRead(work, transactions));
  }

  private <T> T within(Function<Session, T> work) {
    FutureTask<T> call =
        new FutureTask<>(() -> {
          try (Session session = driver.session()) {
            return work.apply(session);
          }
        });
    Thread.ofVirtual().name("lineage").start(call);
    try {
      return call.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw translate(failed);
    } catch (TimeoutException late) {
      call.cancel(true);
      throw unavailable(late);
    } catch (InterruptedException stopped) {
      call.cancel(true);
      Thread.currentThread().interrupt();
      throw unavailable(stopped);
    }
  }

  private static RuntimeException translate(ExecutionException failed) {
    return switch (failed.getCause()) {
      // A new exception, so that the stack shows the caller and not only the thread that asked.
      case GermlineException wrong -> new GermlineException(wrong.fault(), wrong.detail(), wrong);
      case Neo4jException failure when failure.code().startsWith("Neo.ClientError.Statement") ->
          new IllegalStateException("a query is not as Neo4j wants it", failure);
      case Neo4jException failure -> unavailable(failure);
      case null, default -> new IllegalStateException("a question failed", failed.getCause());
    };
  }

  private static GermlineException unavailable(Exception cause) {
    return new GermlineException(
        Fault.STORE_UNAVAILABLE,
        "Neo4j does not answer now; the registry does, ask for lineage again shortly",
        cause);
  }
}
