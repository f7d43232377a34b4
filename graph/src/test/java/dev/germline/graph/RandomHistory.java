package dev.germline.graph;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.germline.core.layers.Layer;
import dev.germline.core.layers.Relationship;
import dev.germline.core.substrate.Chunk;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.Edge;
import dev.germline.core.substrate.EdgeKind;
import dev.germline.core.substrate.Embedding;
import dev.germline.core.substrate.Entity;
import dev.germline.core.substrate.EntityId;
import dev.germline.core.substrate.QuantizedVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Publishes, claims, ingests and removes at random, the same for the same seed. */
public final class RandomHistory {
  private final MemoryLedger ledger;
  private final Random random;
  private final List<Layer> layers = new ArrayList<>();
  private final List<EntityId> others = new ArrayList<>();
  private int names;

  public RandomHistory(MemoryLedger ledger, long seed) {
    this.ledger = ledger;
    this.random = new Random(seed);
  }

  /** Makes so many commits. */
  public void commit(int count) {
    for (int i = 0; i < count; i++) {
      commit();
    }
  }

  private void commit() {
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> {
        Layer layer =
            Facts.layer("ns" + random.nextInt(5) + "/layer-" + names++ + "@1.0.0", files());
        Facts.publish(ledger, layer);
        layers.add(layer);
      }
      case 4, 5, 6 -> {
        if (layers.size() > 1) {
          Relationship claim = claim(one(layers), one(layers));
          Facts.claim(ledger, claim);
          others.add(Facts.id(claim));
        }
      }
      case 7, 8, 9 -> ingest();
      case 10 -> {
        if (layers.size() > 3) {
          ledger.remove(Facts.id(layers.remove(random.nextInt(layers.size()))));
        }
      }
      default -> {
        if (!others.isEmpty()) {
          ledger.remove(others.remove(random.nextInt(others.size())));
        }
      }
    }
  }

  private String[] files() {
    return random
        .ints(random.nextInt(4), 0, 20)
        .distinct()
        .mapToObj(i -> "dir/file-" + i)
        .toArray(String[]::new);
  }

  private Relationship claim(Layer subject, Layer object) {
    if (subject.name().equals(object.name())) {
      return claim(layers.getFirst(), layers.getLast());
    }
    return switch (random.nextInt(4)) {
      case 0 -> Facts.depends(subject, object);
      case 1 -> Facts.synergizes(subject, object);
      case 2 -> Facts.conflicts(subject, object);
      default -> Facts.evolved(subject, object);
    };
  }

  private void ingest() {
    Document text = Facts.document("t/" + names, ("text " + names++).getBytes(UTF_8), "text/plain");
    List<Entity> entities = new ArrayList<>(List.of(text));
    for (int i = 0; i < random.nextInt(5); i++) {
      Chunk chunk = Chunk.of(text.id(), i, "chunk " + i + "\n", 0, 8);
      Embedding vector =
          Embedding.of(chunk.id(), QuantizedVector.of((short) i), Embedding.modelHash("m"), 0);
      entities.addAll(
          List.of(
              chunk,
              vector,
              Edge.of(text.id(), chunk.id(), EdgeKind.DOC_TO_CHUNK),
              Edge.of(chunk.id(), vector.id(), EdgeKind.CHUNK_TO_EMBEDDING),
              Edge.of(chunk.id(), chunk.id(), EdgeKind.CHUNK_TO_CHUNK, random.nextFloat())));
    }
    if (!layers.isEmpty()) {
      entities.add(Edge.of(text.id(), Facts.id(one(layers)), EdgeKind.custom("About")));
      entities.add(Edge.of(text.id(), Facts.id(one(layers)), EdgeKind.custom("Details")));
    }
    ledger.put(entities);
    others.add(text.id());
  }

  private <T> T one(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
