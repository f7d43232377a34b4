package dev.germline.core.substrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.Sample;
import dev.germline.core.cbor.CborMap;
import dev.germline.core.cbor.CborWriter;
import dev.germline.core.merkle.Blake3;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.ShortRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;

class EntityCodecTest {
  private static void readsBack(Entity entity) {
    byte[] cbor = EntityCodec.encode(entity);
    Entity read = EntityCodec.decode(entity.entityKind(), cbor);
    assertThat(read).isEqualTo(entity);
    assertThat(EntityCodec.encode(read)).isEqualTo(cbor);
  }

  @Property
  void documentsReadBack(
      @ForAll @NotBlank @AlphaChars String name,
      @ForAll byte[] content,
      @ForAll long mtime,
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long size,
      @ForAll @AlphaChars @StringLength(max = 60) String mime) {
    readsBack(Document.of("d/" + name + "é", Blake3.hash(content), List.of(), mtime, size, mime));
  }

  @Property
  void chunksReadBack(
      @ForAll @StringLength(max = 300) @AlphaChars String text,
      @ForAll @LongRange(min = 0, max = Require.U32_MAX) long sequence,
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long offset) {
    readsBack(Chunk.of(Sample.document(1).id(), sequence, text, offset, text.length()));
  }

  @Property
  void embeddingsReadBack(
      @ForAll @Size(min = 1, max = 400) List<@ShortRange(min = -32767) Short> components,
      @ForAll @LongRange(min = 0, max = Require.U32_MAX) long version) {
    short[] vector = new short[components.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = components.get(i);
    }
    readsBack(
        Embedding.of(
            Sample.document(1).id(), QuantizedVector.of(vector), Sample.digest(4), version));
  }

  @Property
  void edgesReadBack(
      @ForAll float weight,
      @ForAll @AlphaChars @StringLength(min = 1, max = 128) String kind,
      @ForAll @IntRange(max = 3) int choice) {
    EntityId source = Sample.document(1).id();
    EntityId target = Sample.document(2).id();
    EdgeKind edgeKind =
        switch (choice) {
          case 0 -> EdgeKind.DOC_TO_CHUNK;
          case 1 -> EdgeKind.CHUNK_TO_EMBEDDING;
          case 2 -> EdgeKind.CHUNK_TO_CHUNK;
          default -> EdgeKind.custom(kind);
        };
    readsBack(Edge.of(source, target, edgeKind));
    if (Float.isFinite(weight)) {
      readsBack(Edge.of(source, target, edgeKind, weight));
    }
  }

  @Property(tries = 100)
  void unknownFieldsStayWhereTheyWere(
      @ForAll @Size(max = 6) @UniqueElements
          List<@AlphaChars @StringLength(min = 18, max = 40) String> names,
      @ForAll long value) {
    CborMap map = new CborMap();
    Document d = Sample.document(1);
    map.put("id", d.id().bytes()).put("path_id", d.pathId().bytes()).put("path", d.path());
    map.put("content_hash", d.contentHash().bytes());
    map.put("hierarchical_hash", d.hierarchicalHash().bytes());
    map.put("mtime", d.mtimeMillis()).put("size_bytes", d.sizeBytes());
    map.put("mime_type", d.mimeType());
    names.forEach(name -> map.put(name, new CborWriter().array(1).integer(value)));
    byte[] cbor = map.toBytes();
    Entity read = EntityCodec.decode(EntityKind.DOCUMENT, cbor);
    assertThat(EntityCodec.encode(read)).isEqualTo(cbor);
    assertThat(read.unknown().fields()).hasSize(names.size());
  }

  @Test
  void everyFieldButTheWeightIsRequired() {
    for (EntityKind kind : EntityKind.values()) {
      refused(kind, new CborMap().toBytes(), Fault.MALFORMED_DIFF);
    }
    Document d = Sample.document(1);
    CborMap edge = new CborMap().put("source_id", d.id().bytes()).put("target_id", d.id().bytes());
    refused(EntityKind.EDGE, edge.toBytes(), Fault.MALFORMED_DIFF);
    edge.put("kind", new CborWriter().integer(2));
    assertThat(EntityCodec.decode(EntityKind.EDGE, edge.toBytes()))
        .isEqualTo(Edge.of(d.id(), d.id(), EdgeKind.CHUNK_TO_CHUNK));
  }

  @Test
  void weightsHaveOneForm() {
    byte[] id = Sample.document(1).id().bytes();
    for (String weight :
        List.of("f98000", "f97e00", "f97c00", "fb3ff199999999999a", "fa3f800000", "01")) {
      byte[] cbor =
          new CborMap()
              .put("source_id", id)
              .put("target_id", id)
              .put("kind", new CborWriter().integer(0))
              .put("weight", new CborWriter().raw(HexFormat.of().parseHex(weight)))
              .toBytes();
      assertThatThrownBy(() -> EntityCodec.decode(EntityKind.EDGE, cbor))
          .as(weight)
          .isInstanceOf(GermlineException.class);
    }
  }

  @Test
  void thereAreNoOtherNumberedEdgeKinds() {
    byte[] id = Sample.document(1).id().bytes();
    for (long code : new long[] {3, 255, -1}) {
      byte[] cbor =
          new CborMap()
              .put("source_id", id)
              .put("target_id", id)
              .put("kind", new CborWriter().integer(code))
              .toBytes();
      refused(EntityKind.EDGE, cbor, Fault.MALFORMED_DIFF);
    }
  }

  private static void refused(EntityKind kind, byte[] cbor, Fault fault) {
    assertThatThrownBy(() -> EntityCodec.decode(kind, cbor))
        .isInstanceOfSatisfying(
            GermlineException.class, e -> assertThat(e.fault()).isEqualTo(fault));
  }
}
