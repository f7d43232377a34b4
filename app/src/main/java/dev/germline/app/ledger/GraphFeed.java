package dev.germline.app.ledger;

import dev.germline.app.sql.Database;
import dev.germline.core.substrate.Digest;
import dev.germline.graph.projection.CommittedDiff;
import dev.germline.graph.projection.LedgerFeed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The ledger as the projector reads it. Thread-safe. */
public final class GraphFeed implements LedgerFeed {
  private static final int MAX_PAGE = 256;

  private final Database database;
  private final Function<Digest, Optional<byte[]>> blobs;

  /**
   * @param blobs finds a content too large to lie beside the ledger
   */
  public GraphFeed(Database database, Function<Digest, Optional<byte[]>> blobs) {
    this.database = database;
    this.blobs = blobs;
  }

  @Override
  public List<CommittedDiff> readAfter(long sequence, int maxDiffs) {
    return database.read(connection ->
        ChainTable.commitsAfter(connection, sequence, Math.min(maxDiffs, MAX_PAGE)).stream()
            .map(commit ->
                new CommittedDiff(
                    commit.record().root().sequence(),
                    commit.record().root().recordHash(),
                    commit.diff()))
            .toList());
  }

  @Override
  public Map<Digest, byte[]> contents(Set<Digest> digests) {
    Map<Digest, byte[]> found =
        new HashMap<>(
            database.read(
                connection -> SubstrateTables.contents(connection, new ArrayList<>(digests))));
    for (Digest digest : digests) {
      if (!found.containsKey(digest)) {
        blobs.apply(digest).ifPresent(content -> found.put(digest, content));
      }
    }
    return found;
  }
}
