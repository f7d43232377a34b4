package dev.germline.app;

import com.nimbusds.jose.JWSAlgorithm;
import dev.germline.app.blobs.BlobSettings;
import dev.germline.app.blobs.Blobs;
import dev.germline.app.blobs.LayerFiles;
import dev.germline.app.blobs.PresignedUploads;
import dev.germline.app.blobs.StreamedUploads;
import dev.germline.app.blobs.UploadProgress;
import dev.germline.app.config.DeviceSettings;
import dev.germline.app.config.EncryptionSettings;
import dev.germline.app.config.IdentitySettings;
import dev.germline.app.config.MySqlSettings;
import dev.germline.app.config.Neo4jSettings;
import dev.germline.app.config.ReplicaSettings;
import dev.germline.app.config.RuntimeSettings;
import dev.germline.app.config.S3Settings;
import dev.germline.app.config.ScrubSettings;
import dev.germline.app.config.SegmentsSettings;
import dev.germline.app.fsck.Fsck;
import dev.germline.app.health.GraphConcern;
import dev.germline.app.health.StoreHealth;
import dev.germline.app.identity.Tokens;
import dev.germline.app.layers.Claiming;
import dev.germline.app.layers.FilesOfLayers;
import dev.germline.app.layers.Layers;
import dev.germline.app.layers.Measurements;
import dev.germline.app.layers.Publishing;
import dev.germline.app.layers.Records;
import dev.germline.app.layers.Storage;
import dev.germline.app.layers.SuggestedParents;
import dev.germline.app.layers.Tensors;
import dev.germline.app.ledger.ContentCheck;
import dev.germline.app.ledger.Contents;
import dev.germline.app.ledger.DeviceKeys;
import dev.germline.app.ledger.GraphFeed;
import dev.germline.app.ledger.Ledger;
import dev.germline.app.ledger.LedgerCheck;
import dev.germline.app.ledger.LedgerReader;
import dev.germline.app.ledger.LedgerSettings;
import dev.germline.app.ledger.MySqlSnapshot;
import dev.germline.app.lineage.Lineage;
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
import dev.germline.core.ledger.DeviceKey;
import dev.germline.core.substrate.Digest;
import dev.germline.graph.audit.GraphAudit;
import dev.germline.graph.lineage.LineageQueries;
import dev.germline.graph.projection.GraphPosition;
import dev.germline.graph.projection.Projector;
import dev.germline.graph.projection.ProjectorSettings;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.security.token.jwt.signature.SignatureGeneratorConfiguration;
import io.micronaut.security.token.jwt.signature.secret.SecretSignature;
import io.micronaut.security.token.jwt.signature.secret.SecretSignatureConfiguration;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Config;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;

/**
 * The composition root: every object that is ours and lives as long as the server is made here, in
 * the order it depends on the others, and nowhere else. Controllers and filters, which Micronaut
 * finds itself, take these as constructor arguments.
 */
@Factory
final class Wiring {
  // ---- time and identity

  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  /**
   * The key of all tokens. It is both generator and validator: with no validator at all Micronaut
   * would accept unsigned tokens. Without a configured key (development) each start makes its own.
   */
  @Singleton
  @Named("generator")
  SignatureGeneratorConfiguration tokenSignature(IdentitySettings settings) {
    byte[] secret = settings.secretBytes().orElseGet(Wiring::random);
    SecretSignatureConfiguration configuration = new SecretSignatureConfiguration("generator");
    configuration.setJwsAlgorithm(JWSAlgorithm.HS256);
    configuration.setBase64(true);
    configuration.setSecret(Base64.getEncoder().encodeToString(secret));
    return new SecretSignature(configuration);
  }

  @Singleton
  Tokens tokens(
      @Named("generator") SignatureGeneratorConfiguration signature,
      IdentitySettings settings,
      Clock clock) {
    return new Tokens(signature, settings, clock);
  }

  // ---- stores

  @Singleton
  @Bean(preDestroy = "close")
  Database database(MySqlSettings settings) {
    return Database.open(settings);
  }

  @Singleton
  DataSource dataSource(Database database) {
    return database.dataSource();
  }

  /** Lazy: it connects when first used, so that the server starts while Neo4j is away. */
  @Singleton
  @Bean(preDestroy = "close")
  Driver neo4j(Neo4jSettings settings) {
    return GraphDatabase.driver(
        settings.uri(),
        AuthTokens.basic(settings.user(), settings.password()),
        Config.builder()
            .withMaxConnectionPoolSize(settings.poolSize())
            .withConnectionTimeout(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
            .withConnectionAcquisitionTimeout(
                settings.acquireTimeout().toMillis(), TimeUnit.MILLISECONDS)
            // What lay idle may have been forgotten by the network in between: ask before use.
            .withConnectionLivenessCheckTimeout(1, TimeUnit.MINUTES)
            .withMaxTransactionRetryTime(2, TimeUnit.SECONDS)
            .withTelemetryDisabled(true)
            .withUserAgent("germline")
            .build());
  }

  // ---- segments and their keys

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

  // ---- blobs

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

  // ---- the ledger and its graph

  @Singleton
  DeviceKey deviceKey(DeviceSettings settings, RuntimeSettings runtime) {
    return DeviceKeys.load(settings, runtime);
  }

  @Singleton
  Contents contents(Database database, BlobStore blobs) {
    return new Contents(database, blobs);
  }

  @Singleton
  GraphFeed graphFeed(Database database, Contents contents) {
    return new GraphFeed(database, contents);
  }

  @Singleton
  @Bean(preDestroy = "close")
  Projector projector(Driver driver, GraphFeed feed) {
    return Projector.start(driver, feed, ProjectorSettings.DEFAULT);
  }

  @Singleton
  @Bean(preDestroy = "close")
  Ledger ledger(
      Database database,
      DeviceKey device,
      Clock clock,
      LedgerSettings settings,
      Projector projector) {
    Ledger ledger =
        Ledger.open(
            database.dataSource(),
            device,
            clock,
            settings,
            () -> projector.status().appliedSequence(),
            projector::wake);
    projector.wake(ledger.head().sequence());
    return ledger;
  }

  @Singleton
  LedgerReader ledgerReader(
      Database database, Ledger ledger, Projector projector, LedgerSettings settings) {
    return new LedgerReader(database, ledger, projector, settings);
  }

  // ---- layers and their lineage

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

  @Singleton
  Claiming claiming(Database database, Ledger ledger, Clock clock) {
    return new Claiming(database, ledger, clock);
  }

  @Singleton
  Measurements measurements(Database database, Layers layers, Clock clock) {
    return new Measurements(database, layers, clock);
  }

  @Singleton
  Lineage lineage(Layers layers, Driver driver, Neo4jSettings neo4j) {
    return new Lineage(layers, new LineageQueries(driver, neo4j.callTimeout()));
  }

  // ---- operations

  @Singleton
  Fsck fsck(
      Database database,
      Contents contents,
      Blobs blobs,
      Driver driver,
      GraphFeed feed,
      Clock clock) {
    return new Fsck(
        new LedgerCheck(database, List.of(new ContentCheck(contents, blobs::problem))),
        () -> new GraphAudit(driver, feed).run(() -> MySqlSnapshot.open(database, feed)),
        clock);
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

  @Singleton
  @Named("mysql")
  StoreHealth mysqlHealth(Database database) {
    return StoreHealth.vital("mysql", () -> database.ping(StoreHealth.LIMIT), () -> {});
  }

  /** By a client of its own: the others repeat and wait longer than a health check may. */
  @Singleton
  @Named("s3")
  @Bean(preDestroy = "close")
  StoreHealth s3Health(S3Settings s3) {
    BlobStore asked = new BlobStore(s3.impatient(StoreHealth.LIMIT));
    return StoreHealth.vital("s3", () -> asked.exists(Digest.of(new byte[Digest.BYTES])), asked);
  }

  @Singleton
  @Named("neo4j")
  StoreHealth neo4jHealth(Driver driver, Projector projector) {
    return StoreHealth.useful(
        "neo4j", () -> GraphPosition.ping(driver), () -> GraphConcern.of(projector.status()));
  }

  private static byte[] random() {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    return secret;
  }
}
