package dev.germline.core.substrate;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.merkle.Blake3;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * The 128-bit id of a path (CP-001 section 2), by which the same place with another content is
 * recognised. A type of its own, so that it is never taken for the id of an entity.
 *
 * @param hi bytes 0 to 7, big-endian
 * @param lo bytes 8 to 15, big-endian
 */
public record PathId(long hi, long lo) implements Comparable<PathId> {
  /** The id of a path in its canonical form; INVALID_NAME if it has none. */
  public static PathId ofPath(String path) {
    byte[] hash = Blake3.hash(canonical(path).getBytes(StandardCharsets.UTF_8)).bytes();
    return new PathId(Id128.hi(hash, 0), Id128.lo(hash, 0));
  }

  /** The id in exactly these 16 bytes; INVALID_ID for another length. */
  public static PathId of(byte[] bytes) {
    Id128.requireLength(bytes, "path id");
    return new PathId(Id128.hi(bytes, 0), Id128.lo(bytes, 0));
  }

  /** Reads 32 hex digits, with or without the dashes of a UUID; INVALID_ID for anything else. */
  public static PathId parse(String text) {
    return of(Id128.parse(text, "path id"));
  }

  /**
   * The form of a path that is hashed: NFC, one slash between names, no {@code .} names, no slash
   * at the end. A leading slash stays. CP-001 only says "canonicalized"; docs/cp-001-profile.md.
   *
   * @throws GermlineException INVALID_NAME for an empty path, a {@code ..} or a control character
   */
  static String canonical(String path) {
    List<String> names = new ArrayList<>();
    String nfc = Normalizer.normalize(Text.requireWellFormed(path, "path"), Normalizer.Form.NFC);
    for (String name : nfc.split("/", -1)) {
      if (name.equals("..") || name.chars().anyMatch(Character::isISOControl)) {
        throw invalid(path);
      }
      if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    if (names.isEmpty()) {
      throw invalid(path);
    }
    return (nfc.startsWith("/") ? "/" : "") + String.join("/", names);
  }

  private static GermlineException invalid(String path) {
    return new GermlineException(
        Fault.INVALID_NAME,
        "a path has at least one name, no \"..\" and no control characters, not \""
            + path.replaceAll("\\p{Cntrl}", "?")
            + "\"");
  }

  /** A fresh array of the 16 bytes. */
  public byte[] bytes() {
    return Id128.bytes(hi, lo);
  }

  @Override
  public int compareTo(PathId other) {
    return Id128.compare(hi, lo, other.hi, other.lo);
  }

  /** The lower-case UUID form. */
  @Override
  public String toString() {
    return Id128.format(hi, lo);
  }
}
