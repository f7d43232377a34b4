package dev.germline.app.ledger;

import dev.germline.app.sql.Database;
import dev.germline.core.substrate.Digest;
import dev.germline.graph.projection.CommittedDiff;
import dev.germline.graph.projection.LedgerFeed;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The ledger as the projector reads it. Thread-safe. */
public final class GraphFeed implements LedgerFeed {
  private static final int MAX_PAGE = 256;

  private final Database database;
  private final Contents contents;

  public GraphFeed(Database database, Contents contents) {
    this.database = database;
    this.contents = contents;
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
    return contents.records(digests);
  }
}
