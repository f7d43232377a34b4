package dev.germline.cli.layers;

import dev.germline.cli.ExitCode;
import dev.germline.cli.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** The same work on many files, a few at a time; the first failure ends all of it. */
final class Crew {
  /** Files on the way at once. */
  static final int TRANSFERS = 4;

  private Crew() {}

  /** The results in the order of the items. */
  static <T, R> List<R> each(List<T> items, int atOnce, Function<T, R> work) {
    try (ExecutorService crew =
        Executors.newFixedThreadPool(
            Math.clamp(items.size(), 1, atOnce), Thread.ofPlatform().daemon().factory())) {
      List<Future<R>> futures = new ArrayList<>();
      for (T item : items) {
        futures.add(crew.submit(() -> work.apply(item)));
      }
      try {
        List<R> results = new ArrayList<>();
        for (Future<R> future : futures) {
          results.add(future.get());
        }
        return results;
      } catch (ExecutionException failed) {
        crew.shutdownNow();
        if (failed.getCause() instanceof RuntimeException expected) {
          throw expected;
        }
        throw new IllegalStateException(failed.getCause());
      } catch (InterruptedException | CancellationException interrupted) {
        crew.shutdownNow();
        Thread.currentThread().interrupt();
        throw new Stop(ExitCode.UNREACHABLE, "interrupted", null, interrupted);
      }
    }
  }
}
