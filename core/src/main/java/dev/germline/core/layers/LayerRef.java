package dev.germline.core.layers;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.substrate.Digest;

/**
 * A layer pinned by content: its name and the BLAKE3 of its canonical record. Whoever holds a
 * reference holds that record and no other.
 */
public record LayerRef(LayerName layer, Digest digest) {
  public LayerRef {
    Check.required("layer", layer);
    Check.required("digest", digest);
  }

  /** The reference to a layer that is at hand. */
  public static LayerRef to(Layer layer) {
    return new LayerRef(layer.name(), LayerJson.digest(layer));
  }

  /**
   * Reads {@code namespace/name@version#digest}, the digest in 64 hex digits.
   *
   * @throws GermlineException INVALID_NAME
   */
  public static LayerRef parse(String text) {
    int hash = text.indexOf('#');
    if (hash < 0) {
      throw new GermlineException(
          Fault.INVALID_NAME,
          "layer reference "
              + Check.show(text)
              + " has no digest; give namespace/name@version#digest");
    }
    return new LayerRef(
        LayerName.parse(text.substring(0, hash)), Digest.parse(text.substring(hash + 1)));
  }

  @Override
  public String toString() {
    return layer + "#" + digest.toHex();
  }
}
