package dev.germline.core.compatibility.resolve;

import dev.germline.core.layers.LayerName;
import java.util.List;

/** What a resolver found. */
public sealed interface Resolution {
  /**
   * A combination that answers every requirement.
   *
   * @param layers in the order of their names
   */
  record Resolved(List<Chosen> layers) implements Resolution {
    public Resolved {
      layers = List.copyOf(layers);
    }
  }

  /**
   * One layer of it.
   *
   * @param path from a layer that was asked for to this one, both included
   */
  record Chosen(LayerName layer, List<LayerName> path) {
    public Chosen {
      path = List.copyOf(path);
    }
  }

  /**
   * There is no combination.
   *
   * @param premises why: together they cannot be met; without any one of them they could, if {@code
   *     minimal}
   * @param minimal false where there were too many to try
   * @param steps the argument in sentences, each following from those before it
   */
  record Unsatisfiable(List<Premise> premises, boolean minimal, List<String> steps)
      implements Resolution {
    public Unsatisfiable {
      premises = List.copyOf(premises);
      steps = List.copyOf(steps);
    }
  }
}
