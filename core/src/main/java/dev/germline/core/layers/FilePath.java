package dev.germline.core.layers;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where a file lies inside its layer: relative, segments parted by {@code /}, in Unicode NFC, at
 * most 1,024 bytes of UTF-8 and 255 a segment, so that it can be written to any common file system
 * without leaving the folder it is pulled into.
 */
public record FilePath(String value) implements Comparable<FilePath> {
  /** Longest path, in bytes of UTF-8. */
  public static final int MAX_BYTES = 1024;

  private static final int MAX_SEGMENT_BYTES = 255;

  public FilePath {
    String fault = fault(value);
    if (!fault.isEmpty()) {
      throw new GermlineException(
          Fault.INVALID_NAME, "file path " + Check.show(value) + " " + fault);
    }
  }

  /**
   * Same as the constructor, for the edge of the program.
   *
   * @throws GermlineException INVALID_NAME saying what is wrong with the path
   */
  public static FilePath parse(String text) {
    return new FilePath(text);
  }

  /** The last segment. */
  public String fileName() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  /** The path as a file system that ignores case would compare it. */
  String folded() {
    return value.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  /** Every folder above this path, folded. */
  List<String> foldedFolders() {
    var folders = new ArrayList<String>();
    String folded = folded();
    for (int slash = folded.indexOf('/'); slash >= 0; slash = folded.indexOf('/', slash + 1)) {
      folders.add(folded.substring(0, slash));
    }
    return folders;
  }

  private static String fault(String value) {
    if (value.isEmpty()) {
      return "is empty; give a relative path such as model/weights.safetensors";
    }
    if (value.length() > MAX_BYTES || bytes(value) > MAX_BYTES) {
      return "is longer than " + MAX_BYTES + " bytes; shorten it";
    }
    if (value.indexOf('\\') >= 0) {
      return "has a backslash; part folders with '/'";
    }
    for (int i = 0; i < value.length(); ) {
      int c = value.codePointAt(i);
      switch (Character.getType(c)) {
        case Character.CONTROL,
            Character.FORMAT,
            Character.SURROGATE,
            Character.LINE_SEPARATOR,
            Character.PARAGRAPH_SEPARATOR -> {
          return "has the character U+%04X; remove it".formatted(c);
        }
        default -> i += Character.charCount(c);
      }
    }
    if (!Normalizer.isNormalized(value, Normalizer.Form.NFC)) {
      return "is not in Unicode NFC; normalise it";
    }
    if (value.startsWith("/") || value.matches("[A-Za-z]:.*")) {
      return "is absolute; give it relative to the layer";
    }
    for (String segment : value.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        return "has the segment '" + segment + "'; name every folder, without '.' and '..'";
      }
      if (bytes(segment) > MAX_SEGMENT_BYTES) {
        return "has a segment longer than " + MAX_SEGMENT_BYTES + " bytes; shorten it";
      }
    }
    return "";
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** By UTF-16 code units, as RFC 8785 orders keys. */
  @Override
  public int compareTo(FilePath other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
