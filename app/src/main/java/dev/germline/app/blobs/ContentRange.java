package dev.germline.app.blobs;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which bytes of a blob a request brings (RFC 9110 section 14.4).
 *
 * @param first offset of the first byte
 * @param end offset after the last byte
 * @param total size of the blob in bytes
 */
record ContentRange(long first, long end, long total) {
  private static final Pattern FORM =
      Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18})");

  /**
   * Reads the header.
   *
   * @throws GermlineException INVALID_REQUEST
   */
  static ContentRange parse(String header) {
    Matcher matcher = FORM.matcher(header);
    if (matcher.matches()) {
      long first = Long.parseLong(matcher.group(1));
      long last = Long.parseLong(matcher.group(2));
      long total = Long.parseLong(matcher.group(3));
      if (first <= last && last < total) {
        return new ContentRange(first, last + 1, total);
      }
    }
    throw new GermlineException(
        Fault.INVALID_REQUEST,
        "Content-Range is 'bytes FIRST-LAST/TOTAL', with FIRST <= LAST < TOTAL");
  }

  long length() {
    return end - first;
  }
}
