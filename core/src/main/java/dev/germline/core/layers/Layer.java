package dev.germline.core.layers;

import java.time.Instant;
import java.util.List;

/**
 * One published layer: what all layers say ({@link Manifest}) and what its type adds
 * (specs/genomic-data-architecture.md). Immutable; its identity is the BLAKE3 of its canonical
 * record ({@link LayerJson#digest(Layer)}).
 */
public sealed interface Layer
    permits FoundationLayer, LoraLayer, MemoryModule, SpecializationModule, CommunicationAdapter {

  /** What layers of every type say. */
  Manifest manifest();

  /** The type, as the record and the graph name it. */
  LayerType type();

  /** The same layer with another manifest. */
  Layer withManifest(Manifest manifest);

  /** The layer's own name. */
  default LayerName name() {
    return manifest().name();
  }

  /** The same layer with these files in place of its own. */
  default Layer withFiles(List<LayerFile> files) {
    return withManifest(manifest().withFiles(files));
  }

  /** The same layer as made by this creator at this time. */
  default Layer createdBy(String creator, Instant at) {
    return withManifest(manifest().createdBy(creator, at));
  }
}
