package dev.germline.blobstore.segment;

import dev.germline.blobstore.s3.S3;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.substrate.Digest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Several stores as one. Writes to all replicas at once and waits for as many as the quorum
 * demands. One that failed lately is left out where the quorum can do without: the scrub brings it
 * up to date. Thread-safe.
 */
final class Replication {
  private static final Logger LOG = System.getLogger(Replication.class.getName());

  private static final boolean[] ONCE = {true};
  private static final boolean[] TWICE = {false, true};

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
      targets.getFirst().put(segment.id(), segment.bytes(), segment.length());
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
      replica.put(segment.id(), segment.bytes(), segment.length());
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

  /**
   * A range of a segment, from the first replica that has it. Those that failed lately are asked
   * last; each is asked once before one is asked again.
   *
   * @param least bytes that are needed
   * @param most bytes that are welcome, if the segment has them
   * @param into has room for them from {@code start} on
   * @return how many bytes came
   * @throws GermlineException STORE_UNAVAILABLE, BLOB_NOT_FOUND
   */
  int read(Digest segment, int offset, int least, int most, byte[] into, int start) {
    List<Replica> order = new ArrayList<>(replicas);
    order.sort((a, b) -> Boolean.compare(b.healthy(), a.healthy()));
    @Nullable GermlineException failure = null;
    for (boolean patient : order.size() > 1 ? TWICE : ONCE) {
      for (Replica replica : List.copyOf(order)) {
        try {
          OptionalInt bytes = replica.read(segment, offset, least, most, patient, into, start);
          if (bytes.isPresent()) {
            return bytes.getAsInt();
          }
          order.remove(replica);
        } catch (GermlineException unanswered) {
          failure = unanswered;
        }
      }
    }
    throw failure != null
        ? failure
        : new GermlineException(
            Fault.BLOB_NOT_FOUND,
            "segment %s has no bytes %d to %d in any replica"
                .formatted(segment, offset, offset + least));
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
