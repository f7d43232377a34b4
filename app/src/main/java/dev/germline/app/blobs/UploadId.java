package dev.germline.app.blobs;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Names an upload; random, so that it cannot be guessed.
 *
 * @param hex 32 lower-case hex digits
 */
record UploadId(String hex) {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{32}");
  private static final SecureRandom RANDOM = new SecureRandom();

  UploadId {
    if (!HEX.matcher(hex).matches()) {
      throw new GermlineException(
          Fault.INVALID_ID, "an upload's id is 32 lower-case hex digits, and this one is not");
    }
  }

  static UploadId random() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return of(bytes);
  }

  static UploadId of(byte[] bytes) {
    return new UploadId(HexFormat.of().formatHex(bytes));
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }
}
