package dev.germline.app.layers;

import dev.germline.app.identity.Caller;
import dev.germline.app.sql.Database;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.Dependency;
import dev.germline.core.layers.Layer;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerRef;
import dev.germline.core.layers.LayerStatus;
import dev.germline.core.layers.Manifest;
import java.util.Comparator;
import java.util.Optional;

/** What a new fact refers to, as its author may see it. A published layer never goes away. */
final class References {
  private final Database database;
  private final Caller caller;

  References(Database database, Caller caller) {
    this.database = database;
    this.caller = caller;
  }

  /** The layer a name stands for. */
  Optional<LayerRef> current(LayerName name) {
    return database.read(connection -> LayerRows.find(connection, name, caller)).map(LayerRow::ref);
  }

  /**
   * Checks every pin of a layer against the registry.
   *
   * @throws GermlineException PARENT_NOT_FOUND, REFERENCE_NOT_FOUND, HASH_MISMATCH
   */
  void check(Layer layer) {
    Manifest manifest = layer.manifest();
    manifest
        .provenance()
        .parents()
        .forEach(parent -> require(parent.ref(), Fault.PARENT_NOT_FOUND));
    manifest.synergies().forEach(entry -> require(entry.target(), Fault.REFERENCE_NOT_FOUND));
    manifest.conflicts().forEach(entry -> require(entry.target(), Fault.REFERENCE_NOT_FOUND));
  }

  /**
   * A pinned reference must name what is published under its name.
   *
   * @param missing the fault when it is not there
   */
  void require(LayerRef pinned, Fault missing) {
    LayerRef found =
        current(pinned.layer()).orElseThrow(() -> Draft.absent(pinned.layer(), missing));
    if (!found.digest().equals(pinned.digest())) {
      throw new GermlineException(
          Fault.HASH_MISMATCH,
          "%s has the digest %s, and not %s"
              .formatted(pinned.layer(), found.digest(), pinned.digest()));
    }
  }

  /**
   * The best published version that answers a dependency now, other than the layer itself; what is
   * yanked or revoked answers none.
   */
  Optional<LayerRef> resolve(Dependency dependency, LayerName self) {
    return database
        .read(connection -> LayerRows.versions(connection, dependency.layer(), caller))
        .stream()
        .filter(row -> !row.name().equals(self))
        .filter(row -> row.status() == LayerStatus.ACTIVE)
        .filter(row -> dependency.versions().includes(row.name().version()))
        .max(Comparator.comparing(row -> row.name().version()))
        .map(LayerRow::ref);
  }
}
