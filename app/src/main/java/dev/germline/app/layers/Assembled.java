package dev.germline.app.layers;

import dev.germline.app.identity.Caller;
import dev.germline.core.layers.LayerName;
import dev.germline.core.substrate.EntityId;
import java.util.Collection;
import java.util.List;

/** Which assemblies are made of layers: asked here, answered by the feature that has them. */
@FunctionalInterface
public interface Assembled {
  /**
   * That an assembly has a layer, as a part or because a part needs it.
   *
   * @param layer one of those that were asked for
   */
  record Use(
      EntityId assembly, LayerName name, String creator, long ledgerSequence, EntityId layer) {}

  /**
   * Uses of any of these layers by assemblies that the caller may see; of more than so many, any.
   *
   * @param layers 1 to 500
   */
  List<Use> of(Caller caller, Collection<EntityId> layers, int most);
}
