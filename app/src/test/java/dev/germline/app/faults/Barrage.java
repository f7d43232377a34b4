package dev.germline.app.faults;

import dev.germline.app.faults.Api.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Many clients that push at once while something is killed under them. A client whose push fails
 * waits until all is up again, then repeats it or gives it up, as the dice of its push say.
 */
final class Barrage {
  private static final long LONGEST_SECONDS = 240;
  private static final Set<String> PASSING =
      Set.of("STORE_UNAVAILABLE", "PROJECTION_BEHIND", "OVERLOADED");

  private final Api api;
  private final String namespace;
  private final List<Random> dice = new ArrayList<>();
  private final int clients;
  private final Predicate<Object> mayFail;

  private final Queue<Push> acknowledged = new ConcurrentLinkedQueue<>();
  private final Queue<Push> abandoned = new ConcurrentLinkedQueue<>();
  private final Queue<String> surprises = new ConcurrentLinkedQueue<>();
  private final Object lock = new Object();
  private int ended;
  private int next;
  private boolean up = true;

  /**
   * A barrage to come.
   *
   * @param pushes how many, shared by the clients
   * @param mayFail whether an {@link Answer} that is not 200 or 201, or an {@link IOException}, is
   *     what a client must reckon with
   */
  Barrage(
      Api api, String namespace, int pushes, int clients, Random seed, Predicate<Object> mayFail) {
    this.api = api;
    this.namespace = namespace;
    this.clients = clients;
    this.mayFail = mayFail;
    for (int i = 0; i < pushes; i++) {
      dice.add(new Random(seed.nextLong()));
    }
  }

  /** Whether an answer says that a store is away and the request may be repeated. */
  static boolean isUnavailable(Object failure) {
    return failure instanceof Answer answer
        && answer.status() == 503
        && PASSING.contains(answer.code())
        && !answer.header("Retry-After").isEmpty();
  }

  /** Something that is done to the machine in the midst of it. */
  interface Blow {
    void strike();
  }

  /**
   * Runs to the end, striking once after each of so many pushes have ended.
   *
   * @param blow leaves everything up again
   */
  void run(List<Integer> points, Blow blow) throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        all.add(threads.submit(this::client));
      }
      try {
        for (int point : points) {
          awaitEnded(point);
          raise(false);
          blow.strike();
          raise(true);
        }
        for (Future<?> client : all) {
          client.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        }
      } catch (TimeoutException late) {
        throw new AssertionError("the clients do not come to an end", late);
      } finally {
        threads.shutdownNow();
      }
    }
  }

  List<Push> acknowledged() {
    return List.copyOf(acknowledged);
  }

  /** Those that no client was told of. */
  List<Push> abandoned() {
    return List.copyOf(abandoned);
  }

  /** Answers and failures that should not have been. */
  List<String> surprises() {
    return List.copyOf(surprises);
  }

  private void client() {
    for (int i = take(); i < dice.size(); i = take()) {
      Random random = dice.get(i);
      List<Push> there = acknowledged();
      Optional<String> parent =
          there.isEmpty() || random.nextInt(3) == 0
              ? Optional.empty()
              : Optional.of(there.get(random.nextInt(there.size())).layer());
      Push push = Push.random(namespace + "/layer-" + i, parent, random);
      (arrives(push, random.nextInt(4)) ? acknowledged : abandoned).add(push);
      synchronized (lock) {
        ended++;
        lock.notifyAll();
      }
    }
  }

  private int take() {
    synchronized (lock) {
      return next++;
    }
  }

  private boolean arrives(Push push, int repetitions) {
    for (int i = 0; i <= repetitions; i++) {
      try {
        Answer answer = push.send(api);
        if (answer.status() == 201 || answer.status() == 200) {
          return true;
        }
        note(answer);
      } catch (IOException away) {
        note(away);
      } catch (AssertionError late) {
        surprises.add(String.valueOf(late.getMessage()));
      }
      awaitUp();
    }
    return false;
  }

  private void note(Object failure) {
    if (!mayFail.test(failure)) {
      surprises.add(failure.toString());
    }
  }

  private void raise(boolean now) {
    synchronized (lock) {
      up = now;
      lock.notifyAll();
    }
  }

  private void awaitUp() {
    synchronized (lock) {
      try {
        while (!up) {
          lock.wait();
        }
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new AssertionError("the barrage was stopped", stopped);
      }
    }
  }

  private void awaitEnded(int point) throws InterruptedException {
    synchronized (lock) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
      while (ended < point) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          throw new AssertionError("only " + ended + " pushes ended, and not " + point);
        }
        lock.wait(left);
      }
    }
  }
}
