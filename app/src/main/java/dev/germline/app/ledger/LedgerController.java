package dev.germline.app.ledger;

import dev.germline.core.ledger.DeviceKey;
import dev.germline.core.ledger.SignedStateRoot;
import dev.germline.core.ledger.StateRoot;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityKind;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Base64;
import java.util.List;

/** The chain of signed state roots. */
@Controller("/api/v1/ledger")
@Secured(SecurityRule.IS_AUTHENTICATED)
@Tag(name = "ledger")
class LedgerController {
  private final LedgerReader ledger;
  private final DeviceKey device;

  LedgerController(LedgerReader ledger, DeviceKey device) {
    this.ledger = ledger;
    this.device = device;
  }

  /** How many entities of each kind a state holds. */
  record Counts(long documents, long chunks, long embeddings, long edges) {
    static Counts of(StateRoot root) {
      return new Counts(
          root.roots().of(EntityKind.DOCUMENT).count(),
          root.roots().of(EntityKind.CHUNK).count(),
          root.roots().of(EntityKind.EMBEDDING).count(),
          root.roots().of(EntityKind.EDGE).count());
    }
  }

  /**
   * The end of the chain.
   *
   * @param sequence 0 while nothing was ever written; the fields that are null then are of the
   *     record that is not there yet
   * @param projectedSequence how far the graph has come
   */
  record HeadView(
      long sequence,
      String root,
      String recordHash,
      @Nullable Long timestamp,
      @Nullable String deviceId,
      Counts counts,
      long projectedSequence) {}

  /** One signed record; hashes in hex, signatures in base64. */
  record RootView(
      long sequence,
      String root,
      @Nullable String parent,
      @Nullable String previousRecord,
      String recordHash,
      long timestamp,
      String deviceId,
      Counts counts,
      String documentRoot,
      String chunkRoot,
      String embeddingRoot,
      String edgeRoot,
      String rootV2,
      String signatureV1,
      String signatureV2) {
    static RootView of(SignedStateRoot record) {
      StateRoot root = record.root();
      return new RootView(
          root.sequence(),
          root.hash().toHex(),
          hex(root.parent()),
          hex(root.prevRecord()),
          root.recordHash().toHex(),
          root.timestampMillis(),
          root.device().toString(),
          Counts.of(root),
          root.roots().of(EntityKind.DOCUMENT).hash().toHex(),
          root.roots().of(EntityKind.CHUNK).hash().toHex(),
          root.roots().of(EntityKind.EMBEDDING).hash().toHex(),
          root.roots().of(EntityKind.EDGE).hash().toHex(),
          root.roots().v2().toHex(),
          Base64.getEncoder().encodeToString(record.v1().bytes()),
          Base64.getEncoder().encodeToString(record.v2().bytes()));
    }

    private static @Nullable String hex(@Nullable Digest digest) {
      return digest == null ? null : digest.toHex();
    }
  }

  record RootsView(List<RootView> items) {}

  /** The public half of the key that signs. */
  record KeyView(String algorithm, String publicKey, String deviceId) {}

  /** The end of the chain and how far the graph has come. */
  @Get
  HeadView head() {
    Head head = ledger.head();
    SignedStateRoot record = head.root();
    StateRoot root = record == null ? null : record.root();
    return new HeadView(
        head.sequence(),
        head.forest().roots().stateRoot().toHex(),
        head.recordHash().toHex(),
        root == null ? null : root.timestampMillis(),
        root == null ? null : root.device().toString(),
        root == null ? new Counts(0, 0, 0, 0) : Counts.of(root),
        ledger.projectedSequence());
  }

  /** State roots before a sequence, newest first; without one, from the end. */
  @Get("/roots")
  RootsView roots(
      @QueryValue @Nullable @Min(1) Long before,
      @QueryValue(defaultValue = "20") @Min(1) @Max(500) int limit) {
    return new RootsView(
        ledger.recordsBefore(before == null ? Long.MAX_VALUE : before, limit).stream()
            .map(RootView::of)
            .toList());
  }

  /** One state root. */
  @Get("/roots/{sequence}")
  RootView root(@PathVariable @Min(1) long sequence) {
    return RootView.of(ledger.record(sequence));
  }

  /** The key with which state roots of this server are verified. */
  @Get("/key")
  KeyView key() {
    return new KeyView(
        "Ed25519",
        Base64.getEncoder().encodeToString(device.verifier().rawKey()),
        device.id().toString());
  }
}
