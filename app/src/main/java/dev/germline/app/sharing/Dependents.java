package dev.germline.app.sharing;

import dev.germline.app.identity.Caller;
import dev.germline.app.layers.LayerDetail;
import dev.germline.app.layers.LayerRow;
import dev.germline.app.layers.Layers;
import dev.germline.app.layers.StoredClaims;
import dev.germline.core.layers.Dependency;
import dev.germline.core.layers.Distribution;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerStatus;
import dev.germline.core.layers.Relationship;
import dev.germline.core.sharing.Advice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is to be told of a change of a layer, and what each is to do. Direct dependents only, as the
 * caller may see them. Thread-safe.
 */
public final class Dependents {
  private final Layers layers;
  private final StoredClaims claims;

  public Dependents(Layers layers, StoredClaims claims) {
    this.layers = layers;
    this.claims = claims;
  }

  /**
   * A layer that depends on another.
   *
   * @param required whether it says that nothing goes without the other
   * @param fits whether its own range takes the replacement; absent where there is no range or no
   *     replacement
   */
  record Dependent(
      LayerRow layer,
      Relationship.Kind relation,
      boolean required,
      Advice advice,
      @Nullable Boolean fits) {}

  /**
   * Some of the dependents.
   *
   * @param replacement the newest active version that is newer, if there is one
   * @param nextCursor where the next page starts; absent on the last
   */
  record Page(
      LayerStatus status,
      Distribution.Propagation policy,
      Optional<LayerName> replacement,
      List<Dependent> items,
      @Nullable String nextCursor) {}

  /**
   * Layers that need this one, or descend from it.
   *
   * @param relation DEPENDS_ON or EVOLVED_FROM
   * @throws dev.germline.core.GermlineException LAYER_NOT_FOUND, INVALID_REQUEST
   */
  Page of(
      Caller caller,
      LayerName name,
      Relationship.Kind relation,
      int limit,
      @Nullable String cursor) {
    LayerDetail layer = layers.get(caller, name);
    Distribution distribution = layer.layer().manifest().sharing().distribution();
    Distribution.Propagation policy =
        distribution == null ? Distribution.Propagation.NONE : distribution.updatePropagation();
    Optional<LayerName> replacement =
        layers.versions(caller, name.family()).stream()
            .filter(row -> row.status() == LayerStatus.ACTIVE)
            .map(LayerRow::name)
            .filter(other -> other.version().compareTo(name.version()) > 0)
            .max(Comparator.comparing(LayerName::version));
    Advice advice = Advice.of(policy, layer.row().status(), replacement.isPresent());
    StoredClaims.Page page = claims.of(caller, name, relation, true, limit, cursor);
    List<Dependent> items = new ArrayList<>();
    for (StoredClaims.Told told : page.items()) {
      if (told.found().claim() instanceof Relationship claim
          && claim.object().layer().equals(name)) {
        items.add(dependent(caller, claim, advice, replacement));
      }
    }
    return new Page(
        layer.row().status(), policy, replacement, List.copyOf(items), page.nextCursor());
  }

  private Dependent dependent(
      Caller caller, Relationship claim, Advice advice, Optional<LayerName> replacement) {
    LayerDetail dependent = layers.get(caller, claim.subject().layer());
    Optional<Dependency> range =
        dependent.layer().manifest().dependencies().stream()
            .filter(one -> one.layer().equals(claim.object().layer().family()))
            .findFirst();
    Boolean fits =
        range
            .flatMap(one -> replacement.map(other -> one.versions().includes(other.version())))
            .orElse(null);
    boolean required = !(claim instanceof Relationship.DependsOn needs) || needs.required();
    return new Dependent(dependent.row(), claim.kind(), required, advice, fits);
  }
}
