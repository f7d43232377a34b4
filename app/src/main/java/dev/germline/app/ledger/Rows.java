package dev.germline.app.ledger;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The registry rows a feature writes with its facts, in the ledger's transaction.
 *
 * <p>Called on the ledger's thread while the chain head is locked, so a check made here (is the
 * name free, would this close a cycle) cannot be overtaken by another writer, in this process or
 * another. It must be quick, must not commit, and may be called again if the whole commit had to be
 * repeated.
 */
@FunctionalInterface
public interface Rows {
  /** Nothing but the facts. */
  Rows NONE = (connection, sequence) -> {};

  /**
   * Writes the rows.
   *
   * @param sequence the ledger sequence the facts will have
   * @throws dev.germline.core.GermlineException to refuse this batch; others in the group go on
   */
  void write(Connection connection, long sequence) throws SQLException;
}
