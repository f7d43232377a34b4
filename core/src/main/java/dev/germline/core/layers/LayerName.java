package dev.germline.core.layers;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.util.Comparator;

/**
 * The name of one published layer, {@code namespace/name@version}, such as {@code
 * baai/bge-small-en@1.5.0}. It is the same in the CLI, in URLs and in the graph.
 *
 * <p>Namespace and name are 1 to 96 of {@code a-z 0-9 . _ -}, beginning and ending with a letter or
 * digit, so they are one path segment in a URL, an S3 key and a file system, and no two differ by
 * case only. (Hugging Face names are lower-cased: {@code BAAI} becomes {@code baai}.)
 */
public record LayerName(String namespace, String name, LayerVersion version)
    implements Comparable<LayerName> {
  private static final int LONGEST_PART = 96;
  private static final Comparator<LayerName> ORDER =
      Comparator.comparing(LayerName::namespace)
          .thenComparing(LayerName::name)
          .thenComparing(LayerName::version);

  public LayerName {
    part("namespace", namespace);
    part("name", name);
  }

  /**
   * Reads {@code namespace/name@version}.
   *
   * @throws GermlineException INVALID_NAME with the value and the part that is wrong
   */
  public static LayerName parse(String text) {
    int at = text.indexOf('@');
    int slash = text.indexOf('/');
    if (at < 0 || slash < 0 || slash > at) {
      throw new GermlineException(
          Fault.INVALID_NAME,
          "layer name "
              + Check.show(text)
              + " is not namespace/name@version; give one such as baai/bge-small-en@1.5.0");
    }
    return of(text.substring(0, slash), text.substring(slash + 1, at), text.substring(at + 1));
  }

  /**
   * Builds a name of its three parts as text.
   *
   * @throws GermlineException INVALID_NAME
   */
  public static LayerName of(String namespace, String name, String version) {
    return new LayerName(namespace, name, LayerVersion.parse(version));
  }

  /** The name without its version: what all versions of a layer share. */
  public LayerFamily family() {
    return new LayerFamily(namespace, name);
  }

  static void part(String what, String value) {
    if (!isPart(value)) {
      throw new GermlineException(
          Fault.INVALID_NAME,
          what
              + " "
              + Check.show(value)
              + " is not a valid name; give 1 to 96 of a-z, 0-9, '.', '_' and '-', beginning and"
              + " ending with a letter or digit");
    }
  }

  /** Without a regular expression: a lineage has thousands of names. */
  private static boolean isPart(String value) {
    int last = value.length() - 1;
    if (last < 0
        || last >= LONGEST_PART
        || !isLetterOrDigit(value.charAt(0))
        || !isLetterOrDigit(value.charAt(last))) {
      return false;
    }
    for (int i = 1; i < last; i++) {
      char c = value.charAt(i);
      if (!isLetterOrDigit(c) && c != '.' && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  /** By namespace, name, then version precedence. */
  @Override
  public int compareTo(LayerName other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return namespace + "/" + name + "@" + version;
  }
}
