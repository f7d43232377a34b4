package dev.germline.core.layers;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The claims a layer makes of itself when it is published. */
public final class Claims {
  private Claims() {}

  /**
   * One claim for each parent, synergy and conflict that the layer declares, and for each
   * dependency that a published layer answers; all asserted by the layer's creator at the time it
   * was created.
   *
   * @param resolve the published layer a dependency means now, if there is one
   */
  public static List<Relationship> declaredBy(
      Layer layer, Function<Dependency, Optional<LayerRef>> resolve) {
    LayerRef self = LayerRef.to(layer);
    Manifest manifest = layer.manifest();
    String by = manifest.provenance().creator();
    Instant at = manifest.provenance().createdAt();
    var claims = new ArrayList<Relationship>();
    for (Parent parent : manifest.provenance().parents()) {
      claims.add(
          new Relationship.EvolvedFrom(
              self,
              parent.ref(),
              by,
              at,
              parent.evolutionType(),
              parent.confidence(),
              parent.improvementMetrics()));
    }
    for (Dependency dependency : manifest.dependencies()) {
      resolve
          .apply(dependency)
          .ifPresent(object ->
              claims.add(
                  new Relationship.DependsOn(
                      self,
                      object,
                      by,
                      at,
                      dependency.dependencyType(),
                      dependency.strength(),
                      dependency.required())));
    }
    for (Synergy synergy : manifest.synergies()) {
      claims.add(
          new Relationship.SynergizesWith(
              self,
              synergy.target(),
              by,
              at,
              synergy.synergyStrength(),
              synergy.emergentCapabilities()));
    }
    for (Conflict conflict : manifest.conflicts()) {
      claims.add(
          new Relationship.ConflictsWith(
              self,
              conflict.target(),
              by,
              at,
              conflict.conflictType(),
              conflict.severity(),
              conflict.resolution()));
    }
    return List.copyOf(claims);
  }
}
