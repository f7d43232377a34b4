package dev.germline.app.layers;

import dev.germline.app.identity.Caller;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.LayerStatus;
import dev.germline.core.layers.Statement;
import io.micronaut.http.MutableHttpResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the bytes of a layer are handed out: those of a revoked one only to whoever says that it
 * knows, which is written down ({@link RevokedReads}); those of a yanked one with a word
 * (docs/sharing.md, "Withdrawing"). Thread-safe.
 */
public final class Handout {
  /** Says active, yanked or revoked of the layer whose bytes a response has. */
  static final String STATUS = "Layer-Status";

  private static final int LOGGED = 200;
  private static final Logger LOG = LoggerFactory.getLogger(Handout.class);

  private final StoredClaims claims;
  private final RevokedReads reads;

  public Handout(StoredClaims claims, RevokedReads reads) {
    this.claims = claims;
    this.reads = reads;
  }

  /**
   * Goes on if the layer's bytes may be handed out.
   *
   * @param layer which the caller was allowed to see
   * @param revoked {@code allow} to get those of a revoked layer too; {@link #note} then writes
   *     down what is read
   * @throws GermlineException LAYER_REVOKED saying why and by whom; INVALID_REQUEST
   */
  void require(LayerRow layer, @Nullable String revoked) {
    boolean allowed = allowed(revoked);
    if (layer.status() == LayerStatus.REVOKED && !allowed) {
      throw new GermlineException(
          Fault.LAYER_REVOKED,
          "%s was revoked%s; its bytes are handed out only with ?revoked=allow, which is written down"
              .formatted(layer.name(), said(layer)));
    }
  }

  /**
   * Writes down, of a revoked layer, that the caller is about to be answered.
   *
   * @param what there is, such as {@code file model.safetensors}
   * @throws GermlineException STORE_UNAVAILABLE
   */
  void note(Caller caller, LayerRow layer, String what) {
    if (layer.status() == LayerStatus.REVOKED) {
      String read = what.replaceAll("\\p{Cntrl}", "?");
      reads.record(caller, layer, read);
      LOG.warn("{} reads {} of {}, which is revoked", caller.name(), cut(read), layer.name());
    }
  }

  /** The response, saying how the layer stands. */
  static <T> MutableHttpResponse<T> marked(MutableHttpResponse<T> response, LayerRow layer) {
    return response.header(STATUS, layer.status().toString());
  }

  /** Of bounded length: names of tensors are whatever strangers like. */
  private static String cut(String what) {
    return what.length() > LOGGED ? what.substring(0, LOGGED) + "…" : what;
  }

  private String said(LayerRow layer) {
    Optional<Statement.StatusChange> change = claims.status(layer);
    return change
        .map(said ->
            " by %s on %s: %s".formatted(said.assertedBy(), said.assertedAt(), said.reason()))
        .orElse("");
  }

  private static boolean allowed(@Nullable String revoked) {
    if (revoked == null) {
      return false;
    }
    if (!revoked.equals("allow")) {
      throw new GermlineException(
          Fault.INVALID_REQUEST, "revoked is allow, or left out; give no other value");
    }
    return true;
  }
}
