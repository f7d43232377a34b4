package dev.germline.app.weights;

import dev.germline.app.sql.Database;
import dev.germline.blobstore.weights.PlacedPiece;
import dev.germline.blobstore.weights.StoredPiece;
import dev.germline.core.weights.Tenant;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The tables recipes and recipe_pieces. */
final class RecipeRows {
  private final Database database;
  private final Clock clock;

  RecipeRows(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  long create(Tenant tenant) {
    return database.read(connection -> {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO recipes (tenant, created_at) VALUES (?, ?)",
              Statement.RETURN_GENERATED_KEYS)) {
        insert.setString(1, tenant.name());
        insert.setLong(2, clock.millis());
        insert.executeUpdate();
        try (ResultSet keys = insert.getGeneratedKeys()) {
          keys.next();
          return keys.getLong(1);
        }
      }
    });
  }

  void append(long recipe, long offset, List<StoredPiece> pieces) {
    database.<Integer>transact(connection -> {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO recipe_pieces (recipe_id, byte_offset, piece_id) VALUES (?, ?, ?)")) {
        long at = offset;
        for (StoredPiece piece : pieces) {
          insert.setLong(1, recipe);
          insert.setLong(2, at);
          insert.setLong(3, piece.id());
          insert.addBatch();
          at += piece.size();
        }
        return insert.executeBatch().length;
      }
    });
  }

  List<PlacedPiece> of(long recipe, long offset, int most) {
    return database.read(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT "
                  + PieceRows.COLUMNS
                  + ", r.byte_offset FROM recipe_pieces r"
                  + " JOIN pieces p ON p.id = r.piece_id JOIN segments s ON s.id = p.segment_id"
                  + " WHERE r.recipe_id = ? AND r.byte_offset >= (SELECT"
                  + " COALESCE(MAX(b.byte_offset), 0) FROM recipe_pieces b"
                  + " WHERE b.recipe_id = ? AND b.byte_offset <= ?)"
                  + " ORDER BY r.byte_offset LIMIT ?")) {
        select.setLong(1, recipe);
        select.setLong(2, recipe);
        select.setLong(3, offset);
        select.setInt(4, most);
        List<PlacedPiece> placed = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            placed.add(new PlacedPiece(row.getLong("byte_offset"), PieceRows.piece(row)));
          }
        }
        return placed;
      }
    });
  }
}
