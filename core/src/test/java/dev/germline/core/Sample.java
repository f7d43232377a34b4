package dev.germline.core;

import dev.germline.core.merkle.Blake3;
import dev.germline.core.merkle.EntityLeaf;
import dev.germline.core.substrate.Chunk;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.Edge;
import dev.germline.core.substrate.EdgeKind;
import dev.germline.core.substrate.Embedding;
import dev.germline.core.substrate.EntityId;
import dev.germline.core.substrate.QuantizedVector;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Entities for tests, each told apart by a number. */
public final class Sample {
  private Sample() {}

  public static byte[] content(int n) {
    return ("content " + n).getBytes(StandardCharsets.UTF_8);
  }

  public static Document document(int n) {
    byte[] content = content(n);
    return Document.of(
        "docs/" + n + ".json",
        Blake3.hash(content),
        List.of(),
        1_700_000_000_000L + n,
        content.length,
        "application/json");
  }

  public static Chunk chunk(EntityId document, int sequence) {
    return Chunk.of(document, sequence, "chunk " + sequence + "\n", 10L * sequence, 10);
  }

  public static Embedding embedding(EntityId chunk, int version) {
    return Embedding.of(
        chunk,
        QuantizedVector.of((short) version, (short) 2, (short) -3),
        Embedding.modelHash("model"),
        version);
  }

  public static Edge edge(EntityId source, EntityId target, String kind) {
    return Edge.of(source, target, EdgeKind.custom(kind), 0.5f);
  }

  public static Digest digest(int n) {
    return Blake3.hash(content(n));
  }

  public static EntityLeaf leaf(int n) {
    return EntityLeaf.of(document(n));
  }
}
