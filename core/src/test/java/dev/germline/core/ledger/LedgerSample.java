package dev.germline.core.ledger;

import dev.germline.core.Sample;
import dev.germline.core.merkle.Changes;
import dev.germline.core.merkle.EntityLeaf;
import dev.germline.core.merkle.Forest;
import dev.germline.core.substrate.Chunk;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.Entity;
import java.util.ArrayList;
import java.util.List;

/** A small signed state for tests. */
final class LedgerSample {
  static final DeviceKey KEY = DeviceKey.fromSeed(new byte[32]);

  private LedgerSample() {}

  static List<Entity> entities(int documents) {
    List<Entity> all = new ArrayList<>();
    for (int i = 0; i < documents; i++) {
      Document d = Sample.document(i);
      Chunk c = Sample.chunk(d.id(), 0);
      all.addAll(List.of(d, c, Sample.embedding(c.id(), i), Sample.edge(d.id(), c.id(), "HAS")));
    }
    return all;
  }

  static Changes changes(int documents) {
    return new Changes(
        entities(documents).stream()
            .map(EntityLeaf::of)
            .sorted((a, b) -> a.ref().compareTo(b.ref()))
            .toList(),
        List.of());
  }

  static SignedStateRoot signed(Forest forest) {
    return KEY.sign(StateRoot.first(forest.roots(), 1_700_000_000_000L, KEY.id()));
  }
}
