package dev.germline.app.blobs;

import dev.germline.app.identity.Caller;
import dev.germline.app.sql.Database;
import dev.germline.blobstore.weights.Transfer;
import dev.germline.blobstore.weights.WeightStore;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.weights.ContentDigest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Clock;
import java.util.Optional;

/**
 * Uploads through the server. One that breaks off goes on where it stopped, in this process or
 * another: what came is stored piece by piece, and is read back ahead of the rest. Thread-safe.
 */
public final class StreamedUploads {
  private final Blobs blobs;
  private final WeightStore store;
  private final StreamedUploadRows rows;
  private final BlobSettings settings;
  private final UploadProgress progress;
  private final Clock clock;

  public StreamedUploads(
      Blobs blobs,
      WeightStore store,
      Database database,
      BlobSettings settings,
      UploadProgress progress,
      Clock clock) {
    this.blobs = blobs;
    this.store = store;
    this.rows = new StreamedUploadRows(database);
    this.settings = settings;
    this.progress = progress;
    this.clock = clock;
  }

  /** Where the caller's upload of a blob continues: 0 when there is none. */
  long offset(Caller caller, ContentDigest digest) {
    return rows.find(caller, digest).map(StreamedUploadRows.Begun::received).orElse(0L);
  }

  /**
   * Takes a blob from an offset on to its end.
   *
   * @param range what the body brings: all of the blob, or all from where its upload stands
   * @throws OffsetMismatch when the upload stands elsewhere
   * @throws GermlineException INVALID_REQUEST when the body breaks off, saying that it can go on;
   *     otherwise as {@link Blobs#store}
   */
  Blobs.Received receive(
      Caller caller, ContentDigest digest, ContentRange range, Hints hints, InputStream body) {
    settings.requireSize(range.total());
    if (range.end() != range.total()) {
      throw new GermlineException(
          Fault.INVALID_REQUEST,
          "Content-Range ends before the blob; send all of the rest, or use presigned uploads to"
              + " send parts");
    }
    Optional<StreamedUploadRows.Begun> begun =
        range.first() == 0 ? Optional.empty() : Optional.of(require(caller, digest, range));
    try (UploadProgress.Upload told = progress.begin(caller, digest, range.total())) {
      return told.of(() -> receive(caller, digest, range, hints, begun, body, told));
    }
  }

  private Blobs.Received receive(
      Caller caller,
      ContentDigest digest,
      ContentRange range,
      Hints hints,
      Optional<StreamedUploadRows.Begun> begun,
      InputStream body,
      Transfer told) {
    try (InputStream whole =
        begun.isPresent()
            ? new SequenceInputStream(
                store.open(begun.get().recipe(), 0, range.first()), new Unclosed(body))
            : new Unclosed(body)) {
      Blobs.Received received =
          blobs.store(
              caller,
              digest,
              range.total(),
              hints,
              whole,
              marks(caller, digest, range.total(), told));
      rows.delete(caller, digest);
      return received;
    } catch (IOException broken) {
      throw new GermlineException(
          Fault.INVALID_REQUEST,
          "the body broke off before its end; go on from where HEAD says (Upload-Offset)",
          broken);
    } catch (GermlineException refused) {
      if (refused.fault() == Fault.HASH_MISMATCH) {
        rows.delete(caller, digest);
      }
      throw refused;
    }
  }

  private StreamedUploadRows.Begun require(
      Caller caller, ContentDigest digest, ContentRange range) {
    StreamedUploadRows.Begun begun =
        rows.find(caller, digest)
            .filter(found -> found.size() == range.total())
            .orElseThrow(() -> new OffsetMismatch(0));
    if (begun.received() != range.first()) {
      throw new OffsetMismatch(begun.received());
    }
    return begun;
  }

  private Transfer marks(Caller caller, ContentDigest digest, long size, Transfer told) {
    if (size < settings.resumableFrom()) {
      return told;
    }
    return new Transfer() {
      @Override
      public void received(long bytes) {
        told.received(bytes);
      }

      @Override
      public void stored(long recipe, long bytes) {
        told.stored(recipe, bytes);
        rows.reached(
            caller,
            digest,
            new StreamedUploadRows.Begun(size, recipe, bytes),
            clock.instant().plus(settings.uploadLifetime()));
      }
    };
  }

  /** Forgets uploads that nobody went on with; gives how many. */
  int expire(int most) {
    return rows.expire(clock.instant(), most);
  }

  /** Whoever brought the body closes it. */
  private static final class Unclosed extends FilterInputStream {
    Unclosed(InputStream in) {
      super(in);
    }

    @Override
    public void close() {}
  }
}
