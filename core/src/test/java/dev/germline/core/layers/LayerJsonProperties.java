package dev.germline.core.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.core.GermlineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

class LayerJsonProperties {
  private static final ObjectMapper PLAIN = new ObjectMapper();

  @Provide
  Arbitrary<Layer> layers() {
    return Layers.layer();
  }

  @Property(tries = 300, shrinking = ShrinkingMode.OFF, seed = "42")
  void everyLayerComesBackFromItsCanonicalBytes(@ForAll("layers") Layer layer) {
    byte[] canonical = LayerJson.canonical(layer);

    Layer back = LayerJson.parse(canonical);

    assertThat(back).isEqualTo(layer);
    assertThat(LayerJson.canonical(back)).isEqualTo(canonical);
    assertThat(LayerJson.parseStored(canonical)).isEqualTo(layer);
    assertThat(LayerJson.digest(back)).isEqualTo(LayerJson.digest(layer));
  }

  @Property(tries = 200, shrinking = ShrinkingMode.OFF, seed = "43")
  void keyOrderAndWhiteSpaceDoNotChangeTheCanonicalBytes(
      @ForAll("layers") Layer layer, @ForAll long seed) throws IOException {
    byte[] canonical = LayerJson.canonical(layer);
    JsonNode shuffled = shuffled(PLAIN.readTree(canonical), new Random(seed));
    byte[] sent =
        PLAIN
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(shuffled)
            .getBytes(StandardCharsets.UTF_8);

    assertThat(LayerJson.canonical(LayerJson.parse(sent))).isEqualTo(canonical);
  }

  @Property(tries = 200, shrinking = ShrinkingMode.OFF, seed = "44")
  void everyDeclaredClaimComesBackFromItsCanonicalBytes(@ForAll("layers") Layer layer) {
    LayerRef other = new LayerRef(LayerName.parse("acme/other@1.0.0"), Layers.digestOf("other"));

    List<Relationship> claims = Claims.declaredBy(layer, dependency -> Optional.of(other));

    Manifest manifest = layer.manifest();
    assertThat(claims)
        .hasSize(
            manifest.provenance().parents().size()
                + manifest.dependencies().size()
                + manifest.synergies().size()
                + manifest.conflicts().size());
    for (Claim claim : claims) {
      byte[] canonical = ClaimJson.canonical(claim);
      assertThat(ClaimJson.parse(canonical)).isEqualTo(claim);
      assertThat(ClaimJson.parseStored(canonical)).isEqualTo(claim);
      assertThat(ClaimJson.canonical(ClaimJson.parse(canonical))).isEqualTo(canonical);
    }
  }

  @Property(tries = 2000, shrinking = ShrinkingMode.OFF, seed = "45")
  void damagedJsonIsReadOrRefusedButNeverBreaksTheReader(
      @ForAll("layers") Layer layer, @ForAll long seed) {
    byte[] damaged = damage(LayerJson.canonical(layer), new Random(seed));

    assertThatCode(
            () -> {
              try {
                Layer read = LayerJson.parse(damaged);
                assertThat(LayerJson.parse(LayerJson.canonical(read))).isEqualTo(read);
              } catch (GermlineException refused) {
                assertThat(refused.detail()).isNotBlank();
              }
            })
        .doesNotThrowAnyException();
  }

  private static byte[] damage(byte[] bytes, Random random) {
    byte[] damaged =
        random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes.clone();
    for (int i = random.nextInt(4); i >= 0 && damaged.length > 0; i--) {
      String interesting = "\"{}[],:0123456789-.eEnul\\tf \u0000\u007f";
      damaged[random.nextInt(damaged.length)] =
          random.nextBoolean()
              ? (byte) interesting.charAt(random.nextInt(interesting.length()))
              : (byte) random.nextInt();
    }
    return damaged;
  }

  private static JsonNode shuffled(JsonNode node, Random random) {
    return switch (node) {
      case ObjectNode object -> {
        var entries = new ArrayList<Map.Entry<String, JsonNode>>(object.properties());
        Collections.shuffle(entries, random);
        ObjectNode copy = object.objectNode();
        entries.forEach(e -> copy.set(e.getKey(), shuffled(e.getValue(), random)));
        yield copy;
      }
      case ArrayNode array -> {
        ArrayNode copy = array.arrayNode();
        array.forEach(element -> copy.add(shuffled(element, random)));
        yield copy;
      }
      default -> node;
    };
  }
}
