package dev.germline.graph.projection;

/** The graph does not continue the ledger's history. */
final class Diverged extends RuntimeException {
  Diverged(String what) {
    super(what + "; run `germline graph rebuild`");
  }
}
