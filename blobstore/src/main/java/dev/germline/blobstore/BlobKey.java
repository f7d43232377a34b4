package dev.germline.blobstore;

import dev.germline.core.substrate.Digest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of objects in the bucket. Two levels of folders keep file-backed stores quick. */
final class BlobKey {
  static final String BLOBS = "blobs/";
  static final String STAGING = "staging/";

  private static final Pattern BLOB =
      Pattern.compile("blobs/([0-9a-f]{2})/([0-9a-f]{2})/(\\1\\2[0-9a-f]{60})");

  private BlobKey() {}

  static String of(Digest blake3) {
    String hex = blake3.toHex();
    return BLOBS + hex.substring(0, 2) + "/" + hex.substring(2, 4) + "/" + hex;
  }

  /**
   * The digest that a key stands for; empty for what else may lie there, such as the {@code
   * KEY-UUID} files of a file-backed store that was killed while it wrote.
   */
  static Optional<Digest> parse(String key) {
    Matcher matcher = BLOB.matcher(key);
    return matcher.matches() ? Optional.of(Digest.parse(matcher.group(3))) : Optional.empty();
  }
}
