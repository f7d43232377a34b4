package dev.germline.core.layers;

import dev.germline.core.substrate.Digest;
import java.util.SortedMap;

/**
 * A layer another descends from.
 *
 * @param digest of the parent's canonical record: the name alone could be claimed by anyone
 * @param evolutionType how, in a word such as Hugging Face's {@code finetune}, {@code adapter},
 *     {@code merge}, {@code quantized}
 * @param confidence from 0 to 1 that the descent is so
 * @param improvementMetrics what changed, by metric name; at most 64
 */
public record Parent(
    LayerName layer,
    Digest digest,
    String evolutionType,
    double confidence,
    SortedMap<String, Double> improvementMetrics) {
  static final int MAX_METRICS = 64;

  public Parent {
    Check.required("layer", layer);
    Check.required("digest", digest);
    Check.token("evolutionType", evolutionType);
    confidence = Check.unit("confidence", confidence);
    improvementMetrics = Check.measurements("improvementMetrics", improvementMetrics, MAX_METRICS);
  }

  /** The parent as a reference. */
  public LayerRef ref() {
    return new LayerRef(layer, digest);
  }
}
