package dev.germline.app.layers;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * What stands on a layer, directly or through others, as far as the asker sees it.
 *
 * @param layers how many
 * @param owners how many have made them
 * @param complete false when there are more layers or assemblies than were looked at
 * @param nearest the first 100; `blast` lists and weighs all
 * @param assemblies how many have the layer, or one that stands on it
 * @param holding of these the first 100: those with the nearest layers
 */
@Schema(name = "Impact")
record ImpactView(
    int layers,
    long owners,
    boolean complete,
    List<Standing> nearest,
    int assemblies,
    List<Holding> holding) {
  private static final int NAMED = 100;

  static ImpactView of(Impacts.Impact found) {
    return new ImpactView(
        found.layers().size(),
        found.owners(),
        found.complete(),
        found.layers().stream().limit(NAMED).map(Standing::of).toList(),
        found.assemblies().size(),
        found.assemblies().stream().limit(NAMED).map(Holding::of).toList());
  }

  /**
   * A layer that stands on another.
   *
   * @param distance the fewest steps, from 1
   * @param required false where every way to it is optional somewhere
   */
  @Schema(name = "ImpactedLayer")
  record Standing(String layer, String creator, int distance, boolean required) {
    static Standing of(Reach.Reached one) {
      return new Standing(
          one.layer().name().toString(), one.layer().creator(), one.distance(), one.required());
    }
  }

  /**
   * An assembly with a layer that is hit.
   *
   * @param layer the nearest that it has
   * @param distance of that: 0 where it has the layer itself
   */
  @Schema(name = "ImpactedAssembly")
  record Holding(String assembly, String creator, String layer, int distance) {
    static Holding of(Impacts.Holding one) {
      return new Holding(
          one.name().toString(), one.creator(), one.layer().toString(), one.distance());
    }
  }
}
