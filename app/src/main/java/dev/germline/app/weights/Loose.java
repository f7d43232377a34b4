package dev.germline.app.weights;

import dev.germline.blobstore.weights.StoredPiece;

/**
 * Conditions of SQL that say what nothing refers to. Each parameter in them is the time before
 * which it must have been used last, in milliseconds. They look rows up by indexes: {@code LIMIT 1}
 * keeps an optimizer from answering by a scan of the other table.
 *
 * <p>{@code foreseen}: as if what is loose now were gone already.
 */
final class Loose {
  private Loose() {}

  /** A blob that no layer has and that nobody has sent lately. */
  static String blob(String b) {
    return """
    (%1$s.created_at < ? \
    AND (SELECT 1 FROM layer_files f \
    WHERE f.blake3 = %1$s.blake3 AND f.tenant = %1$s.tenant LIMIT 1) IS NULL \
    AND (SELECT 1 FROM blob_holders h \
    WHERE h.blob_id = %1$s.id AND h.held_since >= ? LIMIT 1) IS NULL)\
    """
        .formatted(b);
  }

  /** A recipe of no blob and of no upload that may go on. */
  static String recipe(String r, boolean foreseen) {
    return """
    (%1$s.created_at < ? \
    AND (SELECT 1 FROM blobs b WHERE b.recipe_id = %1$s.id%2$s LIMIT 1) IS NULL \
    AND (SELECT 1 FROM streamed_uploads u WHERE u.recipe_id = %1$s.id LIMIT 1) IS NULL)\
    """
        .formatted(r, foreseen ? " AND NOT " + blob("b") : "");
  }

  /** A piece of no recipe, and no base of another piece. */
  static String piece(String p, boolean foreseen) {
    return piece(p, foreseen, StoredPiece.MAX_DEPTH);
  }

  private static String piece(String p, boolean foreseen, int above) {
    String recipes =
        foreseen
            ? " JOIN recipes r ON r.id = l.recipe_id WHERE l.piece_id = %s.id AND NOT %s"
                .formatted(p, recipe("r", true))
            : " WHERE l.piece_id = %s.id".formatted(p);
    String child = p + "c";
    String children = foreseen && above > 0 ? " AND NOT " + piece(child, true, above - 1) : "";
    return """
    (%1$s.used_at < ? \
    AND (SELECT 1 FROM recipe_pieces l%2$s LIMIT 1) IS NULL \
    AND (SELECT 1 FROM pieces %3$s WHERE %3$s.base_id = %1$s.id%4$s LIMIT 1) IS NULL)\
    """
        .formatted(p, recipes, child, children);
  }
}
