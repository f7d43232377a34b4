package dev.germline.graph.audit;

import java.util.List;

/**
 * What an audit found.
 *
 * @param sequence the ledger sequence it was held against; what later diffs touched meanwhile is
 *     not judged
 * @param nodes how many of the graph's nodes were compared
 * @param relations how many of the graph's relations were compared
 * @param findings the first ones; see {@code truncated}
 * @param truncated whether there are more findings than are listed
 */
public record AuditReport(
    long sequence, long nodes, long relations, List<Finding> findings, boolean truncated) {
  public AuditReport {
    findings = List.copyOf(findings);
  }

  /** Whether the graph is what the ledger says. */
  public boolean clean() {
    return findings.isEmpty() && !truncated;
  }
}
