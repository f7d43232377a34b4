package dev.germline.app;

import dev.germline.app.compatibility.Compatibility;
import dev.germline.app.compatibility.Evidence;
import dev.germline.app.config.CompatibilitySettings;
import dev.germline.app.layers.LayerBytes;
import dev.germline.app.layers.LayerSets;
import dev.germline.app.layers.Records;
import dev.germline.app.layers.Tensors;
import dev.germline.app.sql.Database;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** What goes together. */
@Factory
final class CompatibilityWiring {
  @Singleton
  LayerSets layerSets(Database database, Records records) {
    return new LayerSets(database, records);
  }

  @Singleton
  Compatibility compatibility(
      LayerSets layers, Tensors tensors, LayerBytes bytes, CompatibilitySettings settings) {
    return new Compatibility(layers, new Evidence(layers, tensors, bytes), settings.mostVersions());
  }
}
