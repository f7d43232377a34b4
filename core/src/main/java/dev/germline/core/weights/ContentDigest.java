package dev.germline.core.weights;

import dev.germline.core.GermlineException;
import dev.germline.core.substrate.Digest;

/**
 * What bytes are said to hash to, by either of the hashes that name files: written {@code
 * sha256:HEX} as in OCI, or as the 64 hex digits alone for BLAKE3.
 */
public record ContentDigest(Algorithm algorithm, Digest value) {
  private static final String SHA256 = "sha256:";

  /** A hash that is kept of every file. */
  public enum Algorithm {
    BLAKE3,
    SHA256
  }

  /** By BLAKE3. */
  public static ContentDigest blake3(Digest value) {
    return new ContentDigest(Algorithm.BLAKE3, value);
  }

  /** By SHA-256. */
  public static ContentDigest sha256(Digest value) {
    return new ContentDigest(Algorithm.SHA256, value);
  }

  /**
   * Reads {@code sha256:} and 64 hex digits, or 64 hex digits.
   *
   * @throws GermlineException INVALID_ID for anything else
   */
  public static ContentDigest parse(String text) {
    return text.startsWith(SHA256)
        ? sha256(Digest.parse(text.substring(SHA256.length())))
        : blake3(Digest.parse(text));
  }

  /** The hash of this kind of a file. */
  public ContentDigest of(FileDigests.Result file) {
    return new ContentDigest(
        algorithm,
        switch (algorithm) {
          case BLAKE3 -> file.blake3();
          case SHA256 -> file.sha256();
        });
  }

  @Override
  public String toString() {
    return switch (algorithm) {
      case BLAKE3 -> value.toHex();
      case SHA256 -> SHA256 + value.toHex();
    };
  }
}
