package dev.germline.blobstore.segment;

import dev.germline.blobstore.s3.Objects;
import dev.germline.blobstore.s3.S3;
import dev.germline.blobstore.s3.S3Refused;
import dev.germline.blobstore.s3.S3Target;
import dev.germline.core.GermlineException;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** One store of segments, and how it did lately. Thread-safe. */
final class Replica implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Replica.class.getName());
  private static final int LISTED_AT_ONCE = 1000;
  private static final int MOST_BREAKS = 5;

  /** How long one that failed is asked last. */
  private static final long SHUNNED = Duration.ofSeconds(30).toNanos();

  private final S3Target target;
  private final S3 s3;
  private final Objects objects;
  private volatile long failedAt = System.nanoTime() - SHUNNED;

  Replica(S3Target target) {
    this.target = target;
    this.s3 = new S3(target);
    this.objects = new Objects(s3, target.bucket(), LISTED_AT_ONCE);
  }

  /** Whether it answered when it was last asked, or that is a while ago. */
  boolean healthy() {
    return System.nanoTime() - failedAt >= SHUNNED;
  }

  Objects objects() {
    return objects;
  }

  /** Stores {@code bytes[0, length)} as a segment. */
  void put(Digest segment, byte[] bytes, int length) {
    try {
      objects.put(SegmentFormat.key(segment), bytes, length);
      answered();
    } catch (GermlineException failure) {
      failed(failure);
      throw failure;
    }
  }

  /**
   * A range of a segment.
   *
   * @param least bytes that are needed
   * @param most bytes that are welcome, if the segment has them
   * @param patient whether a failed request is made again
   * @param into has room for them from {@code start} on
   * @return how many bytes came; empty when the segment is not here, or has become shorter
   * @throws GermlineException STORE_UNAVAILABLE
   */
  OptionalInt read(
      Digest segment, int offset, int least, int most, boolean patient, byte[] into, int start) {
    try {
      OptionalInt bytes =
          fetch(SegmentFormat.key(segment), offset, least, most, patient, into, start);
      answered();
      return bytes;
    } catch (S3Refused absent) {
      answered();
      return OptionalInt.empty();
    } catch (GermlineException failure) {
      failed(failure);
      throw failure;
    }
  }

  private OptionalInt fetch(
      String key, int offset, int least, int most, boolean patient, byte[] into, int start) {
    int at = 0;
    for (int breaks = 0; ; ) {
      try (InputStream stream =
          patient
              ? objects.get(key, offset + at, most - at)
              : objects.getOnce(key, offset + at, most - at)) {
        while (at < most) {
          int read = stream.read(into, start + at, most - at);
          if (read < 0) {
            return at < least ? OptionalInt.empty() : OptionalInt.of(at);
          }
          at += read;
        }
        return OptionalInt.of(most);
      } catch (IOException broken) {
        if (at == most) {
          return OptionalInt.of(most);
        }
        if (!patient || ++breaks > MOST_BREAKS) {
          throw S3.unavailable("read " + key, "the connection broke", broken);
        }
      }
    }
  }

  /**
   * BLAKE3 of a segment as it is here; empty: it is not.
   *
   * @param length that it should have; of a longer object one byte more is read, so that it differs
   * @throws GermlineException STORE_UNAVAILABLE
   */
  Optional<Digest> digest(Digest segment, int length) {
    String key = SegmentFormat.key(segment);
    for (int breaks = 0; ; ) {
      try (InputStream stream = objects.get(key, 0, length + 1L)) {
        Blake3.Hasher hasher = Blake3.hasher();
        byte[] some = new byte[1 << 18];
        for (int read = stream.read(some); read >= 0; read = stream.read(some)) {
          hasher.update(some, 0, read);
        }
        answered();
        return Optional.of(hasher.digest());
      } catch (IOException broken) {
        if (++breaks > MOST_BREAKS) {
          GermlineException failure = S3.unavailable("read " + key, "the connection broke", broken);
          failed(failure);
          throw failure;
        }
      } catch (S3Refused absent) {
        answered();
        return Optional.empty();
      } catch (GermlineException failure) {
        failed(failure);
        throw failure;
      }
    }
  }

  private void answered() {
    if (!healthy()) {
      LOG.log(Level.INFO, "The replica at {0} answers again", target);
      failedAt = System.nanoTime() - SHUNNED;
    }
  }

  private void failed(GermlineException failure) {
    if (healthy()) {
      LOG.log(
          Level.WARNING,
          "The replica at {0} is asked last for a while: {1}",
          target,
          failure.detail());
    }
    failedAt = System.nanoTime();
  }

  @Override
  public void close() {
    s3.close();
  }

  @Override
  public String toString() {
    return target.toString();
  }
}
