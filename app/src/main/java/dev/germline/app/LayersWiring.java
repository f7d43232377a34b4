package dev.germline.app;

import dev.germline.app.blobs.Blobs;
import dev.germline.app.layers.LayerBytes;
import dev.germline.app.layers.Layers;
import dev.germline.app.layers.Publishing;
import dev.germline.app.layers.Records;
import dev.germline.app.layers.Storage;
import dev.germline.app.layers.SuggestedParents;
import dev.germline.app.layers.Tensors;
import dev.germline.app.ledger.Contents;
import dev.germline.app.ledger.Ledger;
import dev.germline.app.sql.Database;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The registry of layers. */
@Factory
final class LayersWiring {
  @Singleton
  Records records(Contents contents) {
    return new Records(contents);
  }

  @Singleton
  Layers layers(Database database, Records records) {
    return new Layers(database, records);
  }

  @Singleton
  Tensors tensors(Database database, Layers layers, Blobs blobs) {
    return new Tensors(database, layers, blobs);
  }

  @Singleton
  LayerBytes layerBytes(Layers layers, Blobs blobs) {
    return new LayerBytes(layers, blobs);
  }

  @Singleton
  Storage storage(Database database, Layers layers, Blobs blobs) {
    return new Storage(database, layers, blobs);
  }

  @Singleton
  SuggestedParents suggestedParents(Database database, Layers layers, Blobs blobs) {
    return new SuggestedParents(database, layers, blobs);
  }

  @Singleton
  Publishing publishing(
      Database database, Ledger ledger, Blobs blobs, Records records, Clock clock) {
    return new Publishing(database, ledger, blobs, records, clock);
  }
}
