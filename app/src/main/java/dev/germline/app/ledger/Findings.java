package dev.germline.app.ledger;

/** Receives what a check finds wrong. */
@FunctionalInterface
public interface Findings {
  /**
   * Takes one finding.
   *
   * @param subject what it is about: a record, an entity, a content, a row
   * @param what is wrong with it, for a human
   */
  void found(String subject, String what);
}
