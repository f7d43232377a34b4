package dev.germline.core.compatibility.resolve;

import dev.germline.core.layers.LayerFamily;
import java.util.List;

/** The layers there are for whoever asks. */
@FunctionalInterface
public interface Universe {
  /** Every version of a family in any order, each once; none for a family that is not there. */
  List<Candidate> versions(LayerFamily family);
}
