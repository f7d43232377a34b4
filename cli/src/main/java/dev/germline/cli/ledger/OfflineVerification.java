package dev.germline.cli.ledger;

import dev.germline.core.GermlineException;
import dev.germline.core.layers.Layer;
import dev.germline.core.layers.LayerFile;
import dev.germline.core.layers.LayerJson;
import dev.germline.core.ledger.ProofBundle;
import dev.germline.core.ledger.StateRoot;
import dev.germline.core.ledger.Verifier;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Document;
import dev.germline.core.weights.FileDigests;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What can be said of a layer with nothing but a proof bundle, a public key and the files. Pure:
 * knows no network, no folder, no clock.
 */
public final class OfflineVerification {
  /** How the record of a layer is stored. */
  static final String LAYER_MIME = "application/vnd.germline.layer+json";

  private OfflineVerification() {}

  /** What a bundle comes to. */
  public sealed interface Outcome {
    /**
     * The layer's record is part of the state that the key signed.
     *
     * @param digest of the record
     */
    record Proven(StateRoot root, Layer layer, Digest digest) implements Outcome {}

    /** It is not, or the bundle is broken. */
    record Refuted(String reason) implements Outcome {}
  }

  /** Whether the bundle proves a layer under this key. */
  public static Outcome check(byte[] bundle, Verifier key) {
    return switch (ProofBundle.verify(bundle, key)) {
      case ProofBundle.Outcome.Invalid(String reason) -> new Outcome.Refuted(reason);
      case ProofBundle.Outcome.Valid(StateRoot root, List<ProofBundle.Entry> entries) ->
          layer(root, entries);
    };
  }

  private static Outcome layer(StateRoot root, List<ProofBundle.Entry> entries) {
    for (ProofBundle.Entry entry : entries) {
      if (entry.entity() instanceof Document document && document.mimeType().equals(LAYER_MIME)) {
        return layer(root, document, entry);
      }
    }
    return new Outcome.Refuted("the bundle proves no layer");
  }

  private static Outcome layer(StateRoot root, Document document, ProofBundle.Entry entry) {
    byte[] record = entry.content().orElse(null);
    if (record == null) {
      return new Outcome.Refuted("the bundle does not bring the layer's record along");
    }
    try {
      Layer layer = LayerJson.parseStored(record);
      String path = "layers/" + layer.name();
      return document.path().equals(path)
          ? new Outcome.Proven(root, layer, document.contentHash())
          : new Outcome.Refuted(
              "the record is of " + path + ", the signed state has it as " + document.path());
    } catch (GermlineException broken) {
      return new Outcome.Refuted("the layer's record cannot be read: " + broken.detail());
    }
  }

  /**
   * What is wrong with a file, one line per difference; nothing for the layer's own bytes.
   *
   * @param actual the digests of the file at hand
   */
  public static List<String> differences(LayerFile expected, FileDigests.Result actual) {
    List<String> wrong = new ArrayList<>();
    if (expected.sizeBytes() != actual.size()) {
      wrong.add("size is %d, the layer says %d".formatted(actual.size(), expected.sizeBytes()));
    }
    compare("BLAKE3", expected.blake3(), actual.blake3()).ifPresent(wrong::add);
    compare("SHA-256", expected.sha256(), actual.sha256()).ifPresent(wrong::add);
    compare("git SHA-1", expected.gitSha1(), actual.gitSha1()).ifPresent(wrong::add);
    return wrong;
  }

  private static Optional<String> compare(String what, Object expected, Object actual) {
    return expected.equals(actual)
        ? Optional.empty()
        : Optional.of("%s is %s, the layer says %s".formatted(what, actual, expected));
  }
}
