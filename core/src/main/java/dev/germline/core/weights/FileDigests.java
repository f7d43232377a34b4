package dev.germline.core.weights;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * The three digests kept of every file, in one pass over its bytes: BLAKE3 (its identity here),
 * SHA-256 (its identity in LFS) and SHA-1 (its identity in git). For one thread and one file;
 * memory does not grow with the file.
 */
public final class FileDigests {
  private final long size;
  private final Blake3.Hasher blake3;
  private final MessageDigest sha256 = algorithm("SHA-256");
  private final MessageDigest gitSha1 = algorithm("SHA-1");
  private long seen;

  /**
   * Starts on a file.
   *
   * @param size in bytes; git hashes it ahead of the bytes, so it must be known
   */
  public FileDigests(long size) {
    if (size < 0) {
      throw new IllegalArgumentException("size " + size);
    }
    this.size = size;
    this.blake3 = Blake3.hasher(size);
    gitSha1.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
  }

  /** The digests of bytes at hand. */
  public static Result of(byte[] bytes) {
    var digests = new FileDigests(bytes.length);
    digests.update(bytes, 0, bytes.length);
    return digests.finish();
  }

  /**
   * Adds {@code length} bytes from {@code offset} on.
   *
   * @throws GermlineException FILE_INVALID if they are more than the size that was given
   */
  public void update(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length > size - seen) {
      throw new GermlineException(
          Fault.FILE_INVALID, "the file is longer than the " + size + " bytes that were announced");
    }
    seen += length;
    blake3.update(bytes, offset, length);
    sha256.update(bytes, offset, length);
    gitSha1.update(bytes, offset, length);
  }

  /** Bytes added so far. */
  public long seen() {
    return seen;
  }

  /**
   * The digests. Nothing may be added after.
   *
   * @throws GermlineException FILE_INVALID if bytes are missing
   */
  public Result finish() {
    if (seen != size) {
      throw new GermlineException(
          Fault.FILE_INVALID,
          "the file ends after " + seen + " of the " + size + " bytes that were announced");
    }
    return new Result(
        size,
        blake3.digest(),
        Digest.of(sha256.digest()),
        new GitBlobId(HexFormat.of().formatHex(gitSha1.digest())));
  }

  /**
   * The digests of one file.
   *
   * @param size in bytes
   */
  public record Result(long size, Digest blake3, Digest sha256, GitBlobId gitSha1) {}

  private static MessageDigest algorithm(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has " + name, impossible);
    }
  }
}
