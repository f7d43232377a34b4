package dev.germline.app.ledger;

import dev.germline.core.substrate.Document;
import java.util.List;

/** A check of everything that documents stand for outside the ledger: contents, registry rows. */
@FunctionalInterface
public interface DocumentCheck {
  /** Checks one page of documents; every document of the substrate comes exactly once. */
  void check(List<Document> page, Findings findings);
}
