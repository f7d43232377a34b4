package dev.germline.core.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClaimJsonTest {
  private static final FoundationLayer PARENT = Layers.bge("1.0.0");
  private static final FoundationLayer CHILD = Layers.evolved(Layers.bge("1.5.0"), PARENT);

  @Test
  void aParentBecomesAnEvolvedFromClaim() {
    List<Relationship> claims = Claims.declaredBy(CHILD, dependency -> Optional.empty());

    assertThat(claims)
        .singleElement()
        .isInstanceOfSatisfying(
            Relationship.EvolvedFrom.class,
            claim -> {
              assertThat(claim.subject()).isEqualTo(LayerRef.to(CHILD));
              assertThat(claim.object()).isEqualTo(LayerRef.to(PARENT));
              assertThat(claim.evolutionType()).isEqualTo("finetune");
              assertThat(claim.improvementMetrics()).containsEntry("mteb.retrieval", 0.5168);
              assertThat(claim.assertedBy()).isEqualTo("ada");
            });
  }

  /** Golden: a change here changes the identity of every claim and needs an ADR. */
  @Test
  void canonicalBytesOfAClaimAreFixed() {
    Claim claim = Claims.declaredBy(CHILD, dependency -> Optional.empty()).getFirst();

    assertThat(text(claim))
        .isEqualTo(
            "{\"assertedAt\":\"2026-03-03T12:00:00.123Z\",\"assertedBy\":\"ada\",\"confidence\":1,"
                + "\"evolutionType\":\"finetune\",\"improvementMetrics\":{\"mteb.retrieval\":0.5168},"
                + "\"kind\":\"EVOLVED_FROM\",\"object\":{\"digest\":\""
                + LayerJson.digest(PARENT)
                + "\",\"layer\":\"baai/bge-small-en@1.0.0\"},\"schema\":\"germline.claim/1\","
                + "\"subject\":{\"digest\":\""
                + LayerJson.digest(CHILD)
                + "\",\"layer\":\"baai/bge-small-en@1.5.0\"}}");
  }

  @Test
  void refusesClaimsThatBreakARule() {
    String good = text(Claims.declaredBy(CHILD, dependency -> Optional.empty()).getFirst());

    refused(
        good.replace("EVOLVED_FROM", "INSPIRED_BY"), Fault.INVALID_CLAIM, "$.kind", "DEPENDS_ON");
    refused(
        good.replace("\"confidence\":1", "\"confidence\":2"),
        Fault.INVALID_CLAIM,
        "confidence is 2.0");
    refused(good.replace("claim/1", "claim/2"), Fault.INVALID_CLAIM, "germline.claim/1");
    refused(
        good.replace("{\"assertedAt\"", "{\"author\":1,\"assertedAt\""),
        Fault.INVALID_CLAIM,
        "$.author",
        "assertedBy");
    refused(
        good.replace("@1.5.0", "@1.0.0")
            .replace(LayerJson.digest(CHILD).toHex(), LayerJson.digest(PARENT).toHex()),
        Fault.LINEAGE_CYCLE,
        "nothing evolves from itself");
    refused(good.substring(1), Fault.MALFORMED_JSON);
  }

  @Test
  void refusesAStoredClaimWithoutItsSchema() {
    String good = text(Claims.declaredBy(CHILD, dependency -> Optional.empty()).getFirst());
    String bare = good.replace("\"schema\":\"germline.claim/1\",", "");

    assertThat(ClaimJson.parse(bytes(bare))).isNotNull();
    assertThatThrownBy(() -> ClaimJson.parseStored(bytes(bare))).hasMessageContaining("$.schema");
  }

  private static void refused(String json, Fault fault, String... details) {
    assertThatThrownBy(() -> ClaimJson.parse(bytes(json)))
        .isInstanceOfSatisfying(
            GermlineException.class,
            refused -> {
              assertThat(refused.fault()).as(refused.detail()).isEqualTo(fault);
              for (String detail : details) {
                assertThat(refused.detail()).contains(detail);
              }
            });
  }

  private static String text(Claim claim) {
    return new String(ClaimJson.canonical(claim), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
