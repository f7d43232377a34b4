package dev.germline.core.assembly;

import dev.germline.core.compatibility.Severity;
import dev.germline.core.layers.LayerName;
import java.util.List;

/**
 * What was found when the assembly was published. It is part of the record, which others read: a
 * finding names layers of the assembly only.
 *
 * @param outcome of the compatibility gate
 * @param predictions what to expect of it
 * @param memoryMb in 10^6 bytes, all layers together
 * @param complete whether every layer stated its memory
 */
public record Examination(
    Severity outcome,
    List<Finding> findings,
    List<Prediction> predictions,
    long memoryMb,
    long storageBytes,
    boolean complete) {
  public Examination {
    findings = List.copyOf(findings);
    predictions = List.copyOf(predictions);
  }

  /**
   * A reason of the gate, without its words.
   *
   * @param code as docs/compatibility.md has it
   */
  public record Finding(String code, Severity severity, List<LayerName> layers) {
    public Finding {
      layers = List.copyOf(layers);
    }
  }
}
