package dev.germline.blobstore.segment;

import dev.germline.blobstore.s3.S3;
import dev.germline.core.GermlineException;
import dev.germline.core.substrate.Digest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Writes to all replicas at once and waits for as many as the quorum demands. One that failed
 * lately is left out where the quorum can do without: the scrub brings it up to date. Thread-safe.
 */
final class Replication {
  private static final Logger LOG = System.getLogger(Replication.class.getName());

  private final List<Replica> replicas;
  private final int quorum;
  private final ExecutorService executor;

  Replication(List<Replica> replicas, int quorum, ExecutorService executor) {
    this.replicas = replicas;
    this.quorum = quorum;
    this.executor = executor;
  }

  void put(Segment segment) {
    List<Replica> healthy = replicas.stream().filter(Replica::healthy).toList();
    List<Replica> targets = healthy.size() >= quorum ? healthy : replicas;
    if (targets.size() == 1) {
      targets.getFirst().put(segment);
      return;
    }
    BlockingQueue<Optional<GermlineException>> outcomes = new LinkedBlockingQueue<>();
    for (Replica replica : targets) {
      segment.retain();
      executor.execute(() -> outcomes.add(put(segment, replica)));
    }
    await(segment, targets.size(), outcomes);
  }

  private Optional<GermlineException> put(Segment segment, Replica replica) {
    try {
      replica.put(segment);
      return Optional.empty();
    } catch (GermlineException failure) {
      LOG.log(Level.WARNING, "Segment {0} is not in the replica at {1}", segment.id(), replica);
      return Optional.of(failure);
    } catch (RuntimeException failure) {
      return Optional.of(S3.unavailable("store " + segment.id(), "it refused", failure));
    } finally {
      segment.release();
    }
  }

  private void await(
      Segment segment, int asked, BlockingQueue<Optional<GermlineException>> outcomes) {
    int stored = 0;
    int failed = 0;
    while (stored < quorum) {
      Optional<GermlineException> outcome;
      try {
        outcome = outcomes.take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw S3.unavailable("store " + segment.id(), "interrupted", e);
      }
      if (outcome.isEmpty()) {
        stored++;
      } else if (asked - ++failed < quorum) {
        throw outcome.get();
      }
    }
  }

  void delete(Digest segment) {
    @Nullable GermlineException failure = null;
    for (Replica replica : replicas) {
      try {
        replica.objects().delete(SegmentFormat.key(segment));
      } catch (GermlineException unanswered) {
        failure = unanswered;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
