package dev.germline.blobstore;

import dev.germline.blobstore.s3.BlobStream;
import dev.germline.blobstore.s3.Objects;
import dev.germline.blobstore.s3.S3;
import dev.germline.blobstore.s3.S3Refused;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.ByteSource;
import dev.germline.core.weights.FileDigests;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records too long to lie beside the ledger, by their BLAKE3, one S3 object each under {@code
 * blobs/ab/cd/HEX}; and uploads straight to S3 until they are taken in. Thread-safe.
 *
 * <p>Every method throws {@link GermlineException} STORE_UNAVAILABLE when S3 does not answer after
 * some attempts.
 */
public final class BlobStore implements AutoCloseable {
  /** The longest record, in bytes. */
  public static final int LARGEST = 8 << 20;

  private static final int LISTED_AT_ONCE = 1000;

  private final S3 s3;
  private final Objects objects;
  private final MultipartUploads uploads;
  private final PartBuffers buffers;
  private final Staging staging;

  /** Connects when first used. */
  public BlobStore(BlobStoreSettings settings) {
    this.s3 = new S3(settings.target());
    this.objects = new Objects(s3, settings.bucket(), LISTED_AT_ONCE);
    this.uploads = new MultipartUploads(s3, settings.bucket());
    this.buffers =
        new PartBuffers(settings.partSize(), settings.bufferBytes(), settings.bufferWait());
    this.staging = new Staging(settings, s3, objects, uploads);
  }

  /** Uploads that take more than one request. */
  public Staging staging() {
    return staging;
  }

  /**
   * Stores a blob, or leaves nothing. Storing one that is there already replaces it by the same
   * bytes, which heals a damaged one.
   *
   * @param body exactly {@code size} bytes; not closed
   * @param size in bytes, from 1 to {@link #LARGEST}
   * @param expected what the bytes must hash to; empty: whatever they do
   * @throws IOException if the body cannot be read to its end
   * @throws GermlineException HASH_MISMATCH; FILE_INVALID for an empty body; LIMIT_EXCEEDED;
   *     OVERLOADED when no buffer comes free
   */
  public FileDigests.Result put(InputStream body, int size, Optional<Digest> expected)
      throws IOException {
    requireSize(size);
    try (PartBuffers.Buffer buffer = buffers.take(size)) {
      buffer.fill(body);
      requireEnd(body, size);
      FileDigests digests = new FileDigests(size);
      digests.update(buffer.bytes(), 0, size);
      FileDigests.Result result = digests.finish();
      requireMatch(expected, result);
      objects.put(BlobKey.of(result.blake3()), buffer.bytes(), size);
      return result;
    }
  }

  private void requireSize(int size) {
    if (size <= 0) {
      throw new GermlineException(
          Fault.FILE_INVALID, "a blob has at least one byte, and this one has " + size);
    }
    if (size > LARGEST) {
      throw new GermlineException(
          Fault.LIMIT_EXCEEDED,
          "a blob has at most %d bytes, and this one has %d".formatted(LARGEST, size));
    }
  }

  private static void requireEnd(InputStream body, int size) throws IOException {
    if (body.read() >= 0) {
      throw new GermlineException(
          Fault.FILE_INVALID, "the body is longer than the " + size + " bytes that were announced");
    }
  }

  private static void requireMatch(Optional<Digest> expected, FileDigests.Result found) {
    if (expected.isPresent() && !expected.get().equals(found.blake3())) {
      throw new GermlineException(
          Fault.HASH_MISMATCH,
          "the bytes hash to %s, and not to %s; nothing was stored"
              .formatted(found.blake3(), expected.get()));
    }
  }

  /**
   * The bytes {@code [offset, offset + length)}; broken connections are taken up again. The reader
   * closes it.
   *
   * @param offset from 0
   * @param length from 0; the two stay inside of the blob
   * @throws GermlineException BLOB_NOT_FOUND
   */
  public InputStream open(Digest blake3, long offset, long length) {
    java.util.Objects.checkFromIndexSize(offset, length, Long.MAX_VALUE);
    try {
      return new BlobStream(source(BlobKey.of(blake3)), offset, offset + length);
    } catch (S3Refused absent) {
      throw missing(blake3, absent);
    }
  }

  /** Size in bytes, if the blob is there. */
  public OptionalLong size(Digest blake3) {
    return objects.size(BlobKey.of(blake3));
  }

  public boolean exists(Digest blake3) {
    return size(blake3).isPresent();
  }

  /**
   * For readers of file formats: random access, with a small look ahead.
   *
   * @throws GermlineException BLOB_NOT_FOUND
   */
  public ByteSource bytes(Digest blake3) {
    long size = size(blake3).orElseThrow(() -> missing(blake3, null));
    return new BlobSource(source(BlobKey.of(blake3)), size);
  }

  /**
   * Reads all of a blob back and hashes it.
   *
   * @throws IOException if the store breaks off again and again
   */
  public Verdict verify(Digest blake3) throws IOException {
    String key = BlobKey.of(blake3);
    OptionalLong size = objects.size(key);
    if (size.isEmpty()) {
      return new Verdict.Missing(blake3);
    }
    try {
      FileDigests.Result found = digests(key, size.getAsLong());
      return found.blake3().equals(blake3)
          ? new Verdict.Intact(found)
          : new Verdict.Damaged(blake3, found);
    } catch (S3Refused gone) {
      return new Verdict.Missing(blake3);
    } catch (EOFException changed) {
      throw new IOException("blob " + blake3 + " changed while it was read", changed);
    }
  }

  private FileDigests.Result digests(String key, long size) throws IOException {
    FileDigests digests = new FileDigests(size);
    byte[] piece = new byte[1 << 17];
    try (InputStream stream = new BlobStream(source(key), 0, size)) {
      for (int read = stream.read(piece); read >= 0; read = stream.read(piece)) {
        digests.update(piece, 0, read);
      }
    }
    return digests.finish();
  }

  /** Removes a blob; nothing happens when it is not there. */
  public void delete(Digest blake3) {
    objects.delete(BlobKey.of(blake3));
  }

  /**
   * Everything under {@code blobs/}, in the order of keys, a thousand at a time from S3; the stream
   * may be left at any point.
   */
  public Stream<Listed> list() {
    return objects
        .list(BlobKey.BLOBS)
        .map(item ->
            BlobKey.parse(item.objectName())
                .<Listed>map(blake3 -> new Listed.Blob(blake3, item.size()))
                .orElseGet(() ->
                    new Listed.Leftover(
                        item.objectName(), item.size(), item.lastModified().toInstant())));
  }

  /** Deletes what a listing came upon and nobody can read. */
  public void delete(Listed.Leftover leftover) {
    if (BlobKey.parse(leftover.key()).isPresent()) {
      throw new IllegalArgumentException(leftover.key() + " is a blob");
    }
    objects.delete(leftover.key());
  }

  private BlobStream.Source source(String key) {
    return (offset, end) -> objects.get(key, offset, end - offset);
  }

  private static GermlineException missing(Digest blake3, @Nullable Throwable cause) {
    return new GermlineException(
        Fault.BLOB_NOT_FOUND, "there is no blob " + blake3 + " in the store", cause);
  }

  @Override
  public void close() {
    s3.close();
  }
}
