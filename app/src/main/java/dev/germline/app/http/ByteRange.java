package dev.germline.app.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One range of bytes that a client asks for (RFC 9110 section 14).
 *
 * @param offset of the first byte
 * @param length 1 or more
 */
public record ByteRange(long offset, long length) {
  private static final Pattern ONE = Pattern.compile("bytes=\\s*([0-9]{0,18})-([0-9]{0,18})\\s*");

  /** What a Range header comes to for a resource of a given size. */
  public sealed interface Asked {}

  /** Nothing, several ranges, or something not understood: the whole is sent. */
  public record Whole() implements Asked {}

  /** One part. */
  public record Part(ByteRange range) implements Asked {}

  /** A part that the resource does not have: 416. */
  public record Outside() implements Asked {}

  /**
   * Reads the header.
   *
   * @param size of the resource in bytes
   */
  public static Asked of(Optional<String> header, long size) {
    Matcher matcher = ONE.matcher(header.orElse(""));
    if (!matcher.matches() || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
      return new Whole();
    }
    if (matcher.group(1).isEmpty()) {
      long suffix = Math.min(Long.parseLong(matcher.group(2)), size);
      return suffix == 0 ? new Outside() : new Part(new ByteRange(size - suffix, suffix));
    }
    long first = Long.parseLong(matcher.group(1));
    long last = matcher.group(2).isEmpty() ? size - 1 : Long.parseLong(matcher.group(2));
    if (!matcher.group(2).isEmpty() && last < first) {
      return new Whole();
    }
    if (first >= size) {
      return new Outside();
    }
    return new Part(new ByteRange(first, Math.min(last, size - 1) - first + 1));
  }

  /** The value of Content-Range. */
  public String contentRange(long size) {
    return "bytes " + offset + "-" + (offset + length - 1) + "/" + size;
  }
}
