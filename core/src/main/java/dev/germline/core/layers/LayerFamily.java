package dev.germline.core.layers;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;

/** A layer name without its version, {@code namespace/name}: what all its versions share. */
public record LayerFamily(String namespace, String name) {
  public LayerFamily {
    LayerName.part("namespace", namespace);
    LayerName.part("name", name);
  }

  /**
   * Reads {@code namespace/name}.
   *
   * @throws GermlineException INVALID_NAME
   */
  public static LayerFamily parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new GermlineException(
          Fault.INVALID_NAME,
          "layer family "
              + Check.show(text)
              + " is not namespace/name; give one such as baai/bge-small-en");
    }
    return new LayerFamily(text.substring(0, slash), text.substring(slash + 1));
  }

  /** The name of one version of this family. */
  public LayerName at(LayerVersion version) {
    return new LayerName(namespace, name, version);
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
