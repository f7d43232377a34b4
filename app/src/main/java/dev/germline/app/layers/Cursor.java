package dev.germline.app.layers;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.substrate.EntityId;

/** Where a page of a listing in the order of the ledger ended; opaque to clients. */
public record Cursor(long ledgerSequence, EntityId id) {
  /**
   * Reads one.
   *
   * @throws GermlineException INVALID_REQUEST
   */
  public static Cursor parse(String text) {
    int dash = text.indexOf('.');
    try {
      if (dash > 0) {
        return new Cursor(
            Long.parseUnsignedLong(text.substring(0, dash)),
            EntityId.parse(text.substring(dash + 1)));
      }
    } catch (NumberFormatException | GermlineException notOne) {
      // said below, in the words of the one who sent it
    }
    throw new GermlineException(
        Fault.INVALID_REQUEST, "cursor is the nextCursor of an earlier page, and not this one");
  }

  @Override
  public String toString() {
    return Long.toUnsignedString(ledgerSequence) + "." + id;
  }
}
