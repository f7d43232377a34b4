package dev.germline.bench;

import dev.germline.core.merkle.Blake3;
import dev.germline.core.merkle.Changes;
import dev.germline.core.merkle.EntityLeaf;
import dev.germline.core.merkle.Forest;
import dev.germline.core.merkle.InclusionProof;
import dev.germline.core.merkle.Roots;
import dev.germline.core.merkle.TreeRow;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.EntityKind;
import dev.germline.core.substrate.EntityRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Proofs and re-rooting at one million documents; no store takes part. */
final class MerkleBench {
  private static final int ENTITIES = 1_000_000;
  private static final int INSERTS = 1_000;
  private static final int PROOFS = 200;

  private MerkleBench() {}

  static void run(Report report) throws Exception {
    Random random = new Random(1);
    List<TreeRow> rows = new ArrayList<>(ENTITIES);
    for (int i = 0; i < ENTITIES; i++) {
      rows.add(leaf(random).row());
    }
    rows.sort(Comparator.comparing(TreeRow::ref));
    Forest forest = build(rows);
    Roots roots = forest.roots();

    List<TreeRow> asked = new ArrayList<>();
    for (int i = 0; i < PROOFS; i++) {
      asked.add(rows.get(random.nextInt(ENTITIES)));
    }
    List<InclusionProof> proofs = new ArrayList<>();
    double make =
        Timing.medianMillis(
                20,
                50,
                () -> {
                  proofs.clear();
                  for (TreeRow row : asked) {
                    proofs.add(forest.prove(row.ref()).orElseThrow());
                  }
                })
            / PROOFS;
    double verify =
        Timing.medianMillis(
                20,
                50,
                () -> {
                  for (int i = 0; i < PROOFS; i++) {
                    TreeRow row = asked.get(i);
                    if (!proofs.get(i).verify(row.leafV1(), roots.of(EntityKind.DOCUMENT))) {
                      throw new IllegalStateException("a proof just made does not verify");
                    }
                  }
                })
            / PROOFS;
    // A path at a million leaves is twenty hashes of 64 bytes: neither can be faster than those.
    byte[] pair = new byte[2 * Digest.BYTES];
    double path =
        Timing.medianMillis(
                20,
                50,
                () -> {
                  for (int i = 0; i < PROOFS * 20; i++) {
                    Blake3.hash(pair).copyTo(pair, 0);
                  }
                })
            / PROOFS;

    // A list of batches made beforehand: only applying one is timed.
    List<Changes> batches = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      batches.add(inserts(random));
    }
    int[] next = {0};
    double insert = Timing.medianMillis(3, 9, () -> forest.apply(batches.get(next[0]++)).roots());
    double rebuild = Timing.medianMillis(1, 3, () -> build(rows).roots());

    report.add("proofMakeMs", make, "ms", "hashing the path alone", path);
    report.add("proofVerifyMs", verify, "ms", "hashing the path alone", path);
    report.add("insert1000Ms", insert, "ms", "all trees from nothing", rebuild);
  }

  private static Forest build(List<TreeRow> rows) {
    var builder = Forest.builder();
    rows.forEach(builder::add);
    return builder.build();
  }

  private static Changes inserts(Random random) {
    List<EntityLeaf> upserts = new ArrayList<>();
    for (int i = 0; i < INSERTS; i++) {
      upserts.add(leaf(random));
    }
    upserts.sort(Comparator.comparing(EntityLeaf::ref));
    return new Changes(upserts, List.<EntityRef>of());
  }

  private static EntityLeaf leaf(Random random) {
    byte[] content = new byte[Digest.BYTES];
    random.nextBytes(content);
    return EntityLeaf.of(
        Document.of("bench", Digest.of(content), List.of(), 0, 1, "application/octet-stream"));
  }
}
