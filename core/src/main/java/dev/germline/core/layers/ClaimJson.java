package dev.germline.core.layers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Digest;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Claims as JSON: {@code "schema":"germline.claim/1"}, {@code "kind"} and the members of the kind.
 * Canonical bytes are RFC 8785. Stateless.
 */
public final class ClaimJson {
  /** The value of {@code schema}. */
  public static final String SCHEMA = "germline.claim/1";

  private ClaimJson() {}

  /**
   * Reads a claim as a client sends it.
   *
   * @throws GermlineException MALFORMED_JSON, LIMIT_EXCEEDED, INVALID_NAME, INVALID_ID,
   *     LINEAGE_CYCLE or INVALID_CLAIM, each naming the JSON path and the offending value
   */
  public static Claim parse(byte[] json) {
    return claim(Json.object(json), true);
  }

  /** The same from a tree of {@link LayerJson#object}; the tree is used up. */
  public static Claim parse(ObjectNode tree) {
    return claim(tree, true);
  }

  /**
   * Reads a stored claim, passing over members that this version does not know.
   *
   * @throws GermlineException as {@link #parse}
   */
  public static Claim parseStored(byte[] record) {
    return claim(Json.object(record), false);
  }

  /** The claim's canonical bytes (RFC 8785, UTF-8). */
  public static byte[] canonical(Claim claim) {
    ObjectNode tree = Json.tree(claim);
    tree.put("schema", SCHEMA);
    tree.put("kind", claim.kind().name());
    return Json.canonical(tree);
  }

  /** The claim's identity: BLAKE3 of its canonical bytes. */
  public static Digest digest(Claim claim) {
    return Blake3.hash(canonical(claim));
  }

  private static Claim claim(ObjectNode tree, boolean strict) {
    LayerJson.schema(tree, SCHEMA, !strict, Fault.INVALID_CLAIM);
    ClaimKind kind = kind(tree.remove("kind"));
    try {
      return Json.bind(tree, recordOf(kind), strict);
    } catch (GermlineException unfit) {
      if (unfit.fault() != Fault.INVALID_LAYER) {
        throw unfit;
      }
      throw new GermlineException(Fault.INVALID_CLAIM, unfit.detail(), unfit);
    }
  }

  private static Class<? extends Claim> recordOf(ClaimKind kind) {
    return switch (kind) {
      case Relationship.Kind relation ->
          switch (relation) {
            case EVOLVED_FROM -> Relationship.EvolvedFrom.class;
            case DEPENDS_ON -> Relationship.DependsOn.class;
            case SYNERGIZES_WITH -> Relationship.SynergizesWith.class;
            case CONFLICTS_WITH -> Relationship.ConflictsWith.class;
          };
      case Statement.Kind statement ->
          switch (statement) {
            case REVIEW -> Statement.Review.class;
            case BENCHMARK -> Statement.BenchmarkResult.class;
            case SAFETY -> Statement.SafetyAssessment.class;
            case CONTRIBUTION -> Statement.ContributionMade.class;
            case STATUS -> Statement.StatusChange.class;
          };
      case Reply.Kind reply ->
          switch (reply) {
            case CONTEST -> Reply.Contest.class;
            case WITHDRAWAL -> Reply.Withdrawal.class;
            case SUPERSESSION -> Reply.Supersession.class;
          };
    };
  }

  private static ClaimKind kind(@Nullable JsonNode value) {
    for (ClaimKind kind : ClaimKind.all()) {
      if (value != null && kind.name().equals(value.textValue())) {
        return kind;
      }
    }
    throw new GermlineException(
        Fault.INVALID_CLAIM,
        "$.kind: the value is "
            + (value == null ? "missing" : Check.show(value.toString()))
            + "; give one of: "
            + ClaimKind.all().stream().map(ClaimKind::name).collect(Collectors.joining(", ")));
  }
}
