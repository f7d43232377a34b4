package dev.germline.app;

import dev.germline.app.blobs.BlobSettings;
import dev.germline.app.blobs.Blobs;
import dev.germline.app.blobs.LayerFiles;
import dev.germline.app.blobs.PresignedUploads;
import dev.germline.app.blobs.StreamedUploads;
import dev.germline.app.blobs.UploadProgress;
import dev.germline.app.config.EncryptionSettings;
import dev.germline.app.config.ReplicaSettings;
import dev.germline.app.config.RuntimeSettings;
import dev.germline.app.config.S3Settings;
import dev.germline.app.config.ScrubSettings;
import dev.germline.app.config.SegmentsSettings;
import dev.germline.app.layers.FilesOfLayers;
import dev.germline.app.sql.Database;
import dev.germline.app.weights.CollectionSettings;
import dev.germline.app.weights.KeyRotation;
import dev.germline.app.weights.Scrubbing;
import dev.germline.app.weights.StoredDataKeys;
import dev.germline.app.weights.StoredPieces;
import dev.germline.app.weights.WeightCollection;
import dev.germline.blobstore.BlobStore;
import dev.germline.blobstore.keys.KeyVault;
import dev.germline.blobstore.keys.MasterKeys;
import dev.germline.blobstore.keys.WrappedKeys;
import dev.germline.blobstore.segment.SegmentStore;
import dev.germline.blobstore.weights.PieceIndex;
import dev.germline.blobstore.weights.WeightStore;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Collection;
import java.util.Optional;

/** Bytes on their way to S3 and back: keys, segments, blobs, uploads, and what looks after them. */
@Factory
final class WeightsWiring {
  @Singleton
  MasterKeys masterKeys(EncryptionSettings settings) {
    return settings.keyRing();
  }

  @Singleton
  WrappedKeys wrappedKeys(Database database) {
    return new StoredDataKeys(database);
  }

  @Singleton
  KeyVault keyVault(
      WrappedKeys stored,
      MasterKeys master,
      EncryptionSettings settings,
      RuntimeSettings runtime,
      Clock clock) {
    return new KeyVault(
        stored,
        master,
        settings.on(runtime) ? Optional.of(settings.dataKeyLifetime()) : Optional.empty(),
        clock);
  }

  @Singleton
  KeyRotation keyRotation(WrappedKeys stored, MasterKeys master, Clock clock) {
    return new KeyRotation(stored, master, clock);
  }

  @Singleton
  @Bean(preDestroy = "close")
  SegmentStore segmentStore(
      SegmentsSettings settings,
      S3Settings first,
      Collection<ReplicaSettings> others,
      KeyVault keys) {
    return new SegmentStore(settings.store(first, others), keys);
  }

  @Singleton
  @Bean(preDestroy = "close")
  Scrubbing scrubbing(
      SegmentStore segments, Database database, ScrubSettings settings, Clock clock) {
    return new Scrubbing(segments, database, settings, clock);
  }

  @Singleton
  @Bean(preDestroy = "close")
  BlobStore blobStore(BlobSettings blobs, S3Settings s3) {
    return new BlobStore(blobs.store(s3));
  }

  @Singleton
  PieceIndex pieceIndex(Database database, Clock clock) {
    return new StoredPieces(database, clock);
  }

  @Singleton
  @Bean(preDestroy = "close")
  WeightStore weightStore(PieceIndex index, SegmentStore segments, BlobSettings settings) {
    return new WeightStore(index, segments, settings.limits());
  }

  @Singleton
  LayerFiles layerFiles(Database database) {
    return new FilesOfLayers(database);
  }

  @Singleton
  Blobs blobs(WeightStore store, Database database, LayerFiles layers, Clock clock) {
    return new Blobs(store, database, layers, clock);
  }

  @Singleton
  UploadProgress uploadProgress(Clock clock) {
    return new UploadProgress(clock);
  }

  @Singleton
  StreamedUploads streamedUploads(
      Blobs blobs,
      WeightStore store,
      Database database,
      BlobSettings settings,
      UploadProgress progress,
      Clock clock) {
    return new StreamedUploads(blobs, store, database, settings, progress, clock);
  }

  @Singleton
  PresignedUploads presignedUploads(
      Blobs blobs,
      BlobStore store,
      Database database,
      BlobSettings settings,
      UploadProgress progress,
      Clock clock) {
    return new PresignedUploads(blobs, store, database, settings, progress, clock);
  }

  @Singleton
  WeightCollection weightCollection(
      Database database,
      PieceIndex index,
      SegmentStore segments,
      CollectionSettings settings,
      Clock clock) {
    return new WeightCollection(database, index, segments, settings, clock);
  }
}
