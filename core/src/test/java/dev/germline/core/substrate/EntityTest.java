package dev.germline.core.substrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.Vectors;
import dev.germline.core.merkle.Blake3;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntityTest {
  private static final Digest EMPTY =
      Digest.parse("af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262");
  private static final Document DOC = Document.of("a.md", EMPTY, List.of(), 1, 0, "text/markdown");

  @Test
  void idsAndHashesAreThoseOfTheAddendum() {
    JsonNode vectors = Vectors.own("addendum.json");
    Digest content = Digest.parse(vectors.at("/document_id/content_hash").asText());
    EntityId document = Document.idOf(content);
    assertThat(document).hasToString(vectors.at("/document_id/id").asText());
    assertThat(Chunk.idOf(document, vectors.at("/chunk_id/sequence").asLong()))
        .hasToString(vectors.at("/chunk_id/id").asText());
    String text = vectors.get("text").asText();
    assertThat(Blake3.hash(Text.utf8(text))).hasToString(vectors.get("text_raw_hash").asText());
    assertThat(Chunk.of(document, 0, text, 0, 44).textHash())
        .hasToString(vectors.get("text_canonical_hash").asText());
    assertThat(Document.hierarchicalHash(List.of()))
        .hasToString(vectors.get("empty_hash").asText());
  }

  @Test
  void canonicalBytesAreThoseOfTheSpecification() {
    assertThat(hex(DOC)).isEqualTo(flat(DOC.id()) + EMPTY + EMPTY);
    Chunk chunk = Chunk.of(DOC.id(), 3, "x\n", 0, 1);
    assertThat(hex(chunk)).isEqualTo(flat(chunk.id()) + chunk.textHash());
    QuantizedVector v = QuantizedVector.of((short) 1, (short) -2, (short) 32767);
    Embedding embedding = Embedding.of(chunk.id(), v, EMPTY, 7);
    assertThat(hex(embedding)).isEqualTo(flat(embedding.id()) + "0100feffff7f" + EMPTY);
    assertThat(embedding.l2Norm()).isEqualTo(1 + 4 + 32767L * 32767L);
    String ends = flat(DOC.id()) + flat(chunk.id());
    assertThat(hex(Edge.of(DOC.id(), chunk.id(), EdgeKind.DOC_TO_CHUNK))).isEqualTo(ends + "00");
    assertThat(hex(Edge.of(DOC.id(), chunk.id(), EdgeKind.custom("EVOLVED_FROM"), 1.0f)))
        .isEqualTo(ends + "ff0000803f");
    assertThat(hex(Edge.of(DOC.id(), chunk.id(), EdgeKind.CHUNK_TO_CHUNK, -0.0f)))
        .isEqualTo(ends + "0200000000");
  }

  @Test
  void anEntityThatContradictsItselfIsRefused() {
    EntityId other = new EntityId(1, 2);
    refused(() ->
        new Document(other, DOC.pathId(), "a.md", EMPTY, EMPTY, 1, 0, "x", UnknownFields.NONE));
    refused(() ->
        new Document(DOC.id(), DOC.pathId(), "b.md", EMPTY, EMPTY, 1, 0, "x", UnknownFields.NONE));
    refused(() ->
        new Chunk(Chunk.idOf(DOC.id(), 0), DOC.id(), "x", EMPTY, 0, 1, 0, UnknownFields.NONE));
    refused(() -> Chunk.of(DOC.id(), -1, "x", 0, 1));
    refused(() -> Chunk.of(DOC.id(), 0, "\udc00", 0, 1));
    refused(() -> QuantizedVector.of(Short.MIN_VALUE));
    refused(() -> QuantizedVector.of());
    refused(() -> Edge.of(other, other, EdgeKind.CHUNK_TO_CHUNK, Float.NaN));
    refused(() -> Edge.of(other, other, EdgeKind.CHUNK_TO_CHUNK, Float.NEGATIVE_INFINITY));
    refused(() -> EdgeKind.custom(""));
  }

  @Test
  void edgesAreOrderedBySourceTargetKindByteAndName() {
    EntityId low = new EntityId(1, 0);
    EntityId high = new EntityId(-1, 0);
    List<EdgeKey> ascending =
        List.of(
            new EdgeKey(low, high, EdgeKind.DOC_TO_CHUNK),
            new EdgeKey(low, high, EdgeKind.CHUNK_TO_CHUNK),
            new EdgeKey(low, high, EdgeKind.custom("A")),
            new EdgeKey(low, high, EdgeKind.custom("AB")),
            new EdgeKey(high, low, EdgeKind.DOC_TO_CHUNK));
    assertThat(ascending.reversed().stream().sorted()).isEqualTo(ascending);
    assertThat(ascending)
        .isSortedAccordingTo((a, b) -> java.util.Arrays.compareUnsigned(a.bytes(), b.bytes()));
  }

  private static String hex(Entity entity) {
    return HexFormat.of().formatHex(entity.canonicalBytes());
  }

  private static String flat(EntityId id) {
    return id.toString().replace("-", "");
  }

  private static void refused(Runnable making) {
    assertThatThrownBy(making::run)
        .isInstanceOfSatisfying(
            GermlineException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_ENTITY));
  }
}
