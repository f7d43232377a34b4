package dev.germline.core.layers;

import java.util.List;

/**
 * A layer that this one is declared to work well with.
 *
 * @param synergyStrength from 0 to 1
 * @param emergentCapabilities what the two can do together and neither alone, at most 256
 */
public record Synergy(LayerRef target, double synergyStrength, List<String> emergentCapabilities) {
  static final int MAX_CAPABILITIES = 256;

  public Synergy {
    Check.required("target", target);
    synergyStrength = Check.unit("synergyStrength", synergyStrength);
    emergentCapabilities =
        Check.texts("emergentCapabilities", emergentCapabilities, MAX_CAPABILITIES);
  }
}
