package dev.germline.app.layers;

import dev.germline.app.blobs.Blob;
import dev.germline.app.blobs.Blobs;
import dev.germline.app.identity.Caller;
import dev.germline.app.ledger.Commit;
import dev.germline.app.ledger.Ledger;
import dev.germline.app.sql.Database;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.Claims;
import dev.germline.core.layers.Layer;
import dev.germline.core.layers.LayerFamily;
import dev.germline.core.layers.LayerJson;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerStatus;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Publishes layers: reads and completes what was sent, then makes it one batch of facts with its
 * registry rows. Nothing is stored unless all of it is right. Thread-safe.
 *
 * <p>Anyone signed in may found a family ({@code namespace/name}); further versions are its
 * founder's, or an admin's.
 */
public final class Publishing {
  private final Database database;
  private final Ledger ledger;
  private final Blobs blobs;
  private final Records records;
  private final Clock clock;

  public Publishing(Database database, Ledger ledger, Blobs blobs, Records records, Clock clock) {
    this.database = database;
    this.ledger = ledger;
    this.blobs = blobs;
    this.records = records;
    this.clock = clock;
  }

  /**
   * Publishes the layer in this JSON (specs/genomic-data-architecture.md; {@link Draft} for what
   * may be left out). Publishing exactly what is there already changes nothing.
   *
   * @throws GermlineException FORBIDDEN for another's family or creator; LAYER_EXISTS when the name
   *     stands for other content; BLOB_NOT_FOUND, FILE_INVALID, PARENT_NOT_FOUND and the faults of
   *     {@link Draft} for what is wrong with it
   */
  public Written<LayerDetail> publish(Caller caller, byte[] json) {
    Draft sent = Draft.parse(json);
    try {
      return attempt(caller, sent);
    } catch (GermlineException refused) {
      if (refused.fault() != Fault.LAYER_EXISTS) {
        throw refused;
      }
      // Someone was faster. If it was the same layer, this is a repetition.
      return attempt(caller, sent);
    }
  }

  private Written<LayerDetail> attempt(Caller caller, Draft sent) {
    LayerName name = sent.name();
    Optional<LayerRow> existing =
        database.read(connection -> LayerRows.findUnseen(connection, name));
    // A repetition without a time of its own means the time it was first published with.
    Instant now = existing.map(LayerRow::createdAt).orElseGet(clock::instant);
    References references = new References(database, caller);
    Layer draft = sent.draft(caller.name(), now, references::current);
    authorise(caller, draft);
    List<FileRows.Placed> files = files(caller, sent.files());
    Layer layer = draft.withFiles(files.stream().map(FileRows.Placed::file).toList());
    byte[] record = LayerJson.canonical(layer);
    if (existing.isPresent()) {
      return known(existing.get(), layer, record);
    }
    references.check(layer);
    return commit(caller, layer, files, record, references);
  }

  private Written<LayerDetail> known(LayerRow row, Layer layer, byte[] record) {
    if (!row.digest().equals(Blake3.hash(record))) {
      throw new GermlineException(
          Fault.LAYER_EXISTS,
          row.name()
              + " is published already, with other content; versions are never overwritten,"
              + " publish a new one");
    }
    return new Written<>(LayerDetail.of(row, record, layer), false, row.ledgerSequence());
  }

  private Written<LayerDetail> commit(
      Caller caller,
      Layer layer,
      List<FileRows.Placed> files,
      byte[] record,
      References references) {
    Facts facts = new Facts();
    EntityId id = facts.layer(layer);
    Digest digest = Blake3.hash(record);
    List<Facts.PlacedClaim> claims =
        Claims.declaredBy(layer, dependency -> references.resolve(dependency, layer.name()))
            .stream()
            .map(facts::claim)
            .toList();
    records.keep(facts.large());
    Commit commit =
        ledger.commit(
            facts.submission((connection, sequence) -> {
              requireFounder(connection, caller, layer.name().family());
              LayerRows.insert(connection, layer, files, id, digest, sequence);
              for (Facts.PlacedClaim claim : claims) {
                ClaimRows.insert(connection, claim, sequence);
              }
            }));
    LayerRow row =
        new LayerRow(
            id,
            digest,
            layer.name(),
            layer.type(),
            layer.manifest().provenance().creator(),
            layer.manifest().provenance().createdAt(),
            layer.manifest().sharing().visibility(),
            LayerStatus.ACTIVE,
            layer.manifest().description(),
            commit.sequence());
    return new Written<>(LayerDetail.of(row, record, layer), true, commit.sequence());
  }

  private static void authorise(Caller caller, Layer draft) {
    String creator = draft.manifest().provenance().creator();
    if (!caller.admin() && !creator.equals(caller.name())) {
      throw new GermlineException(
          Fault.FORBIDDEN,
          "provenance.creator is %s, and you are %s; only an admin publishes for others"
              .formatted(creator, caller.name()));
    }
  }

  private static void requireFounder(Connection connection, Caller caller, LayerFamily family)
      throws SQLException {
    Optional<String> founder = LayerRows.founder(connection, family);
    if (!caller.admin() && founder.filter(name -> !name.equals(caller.name())).isPresent()) {
      throw new GermlineException(
          Fault.FORBIDDEN, "versions of " + family + " are published by its founder or an admin");
    }
  }

  private List<FileRows.Placed> files(Caller caller, List<Draft.File> given) {
    List<Blob> held = blobs.requireHeld(caller, given.stream().map(Draft.File::blake3).toList());
    FileReading reading = new FileReading(blobs);
    FileRows.Placed[] files = new FileRows.Placed[given.size()];
    Arrays.setAll(
        files, i -> new FileRows.Placed(reading.read(given.get(i), held.get(i)), held.get(i)));
    return List.of(files);
  }
}
