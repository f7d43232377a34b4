package dev.germline.cli.lineage;

import dev.germline.cli.server.Client;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The moment that a question looks back to. */
final class AsOf {
  @Option(
      names = "--as-of",
      paramLabel = "TIME",
      description =
          "Only layers created and claims asserted up to then, such as 2026-03-03T12:00:00Z.")
  private @Nullable String moment;

  /** As a query parameter behind {@code ?} or {@code &}; empty for the present. */
  String query(String before) {
    return moment == null ? "" : before + "asOf=" + Client.encode(moment);
  }
}
