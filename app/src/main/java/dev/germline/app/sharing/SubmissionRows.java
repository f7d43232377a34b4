package dev.germline.app.sharing;

import dev.germline.core.layers.Contribution;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerRef;
import dev.germline.core.layers.LayerVersion;
import dev.germline.core.layers.Share;
import dev.germline.core.sharing.SubmissionState;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** submissions, submission_contributions and submission_events. */
final class SubmissionRows {
  private static final String COLUMNS =
      "SELECT s.id, l.namespace, l.name, l.version, l.digest, s.submitter, s.state, s.created_at"
          + " FROM submissions s JOIN genomic_layers l ON l.id = s.layer_id";

  private SubmissionRows() {}

  /** Whether the layer is offered and nothing final has happened to that. */
  static boolean open(Connection connection, EntityId layer) throws SQLException {
    // The lock keeps a second offer of the same layer out until this one is there.
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT 1 FROM genomic_layers WHERE id = ? FOR UPDATE")) {
      lock.setBytes(1, layer.bytes());
      lock.executeQuery().close();
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT 1 FROM submissions WHERE layer_id = ? AND state IN"
                + " ('submitted', 'in-review', 'changes-requested') LIMIT 1")) {
      select.setBytes(1, layer.bytes());
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  static void insert(Connection connection, Submission submission, EntityId layer)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO submissions (id, layer_id, submitter, state, created_at, updated_at,"
                + " events) VALUES (?, ?, ?, ?, ?, ?, 0)")) {
      insert.setBytes(1, submission.id().bytes());
      insert.setBytes(2, layer.bytes());
      insert.setString(3, submission.submitter());
      insert.setString(4, submission.state().toString());
      insert.setLong(5, submission.createdAt().toEpochMilli());
      insert.setLong(6, submission.createdAt().toEpochMilli());
      insert.executeUpdate();
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO submission_contributions (submission_id, contributor, role, share)"
                + " VALUES (?, ?, ?, ?)")) {
      for (Contribution contribution : submission.contributions()) {
        Share share = contribution.share();
        if (share == null) {
          throw new IllegalArgumentException("a contribution of a submission has a share");
        }
        insert.setBytes(1, submission.id().bytes());
        insert.setString(2, contribution.contributor());
        insert.setString(3, contribution.role());
        insert.setBigDecimal(4, share.value());
        insert.addBatch();
      }
      insert.executeBatch();
    }
    for (Submission.Step step : submission.history()) {
      insertStep(connection, submission.id(), 0, step);
    }
  }

  /**
   * Moves a submission on.
   *
   * @param seen how many steps it had when this was decided
   * @return false if it has more by now
   */
  static boolean advance(
      Connection connection, EntityId id, int seen, SubmissionState to, Submission.Step step)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE submissions SET state = ?, updated_at = ?, events = ?"
                + " WHERE id = ? AND events = ?")) {
      update.setString(1, to.toString());
      update.setLong(2, step.at().toEpochMilli());
      update.setInt(3, seen);
      update.setBytes(4, id.bytes());
      update.setInt(5, seen - 1);
      if (update.executeUpdate() != 1) {
        return false;
      }
    }
    insertStep(connection, id, seen, step);
    return true;
  }

  private static void insertStep(
      Connection connection, EntityId id, int position, Submission.Step step) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO submission_events (submission_id, position, event, user_id, at, note)"
                + " VALUES (?, ?, ?, ?, ?, ?)")) {
      insert.setBytes(1, id.bytes());
      insert.setInt(2, position);
      insert.setString(3, step.event());
      insert.setString(4, step.by());
      insert.setLong(5, step.at().toEpochMilli());
      insert.setString(6, step.note());
      insert.executeUpdate();
    }
  }

  /** A submission, if this user may see it: its own, or any if none is given. */
  static Optional<Submission> find(Connection connection, EntityId id, @Nullable String submitter)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            COLUMNS + " WHERE s.id = ?" + (submitter == null ? "" : " AND s.submitter = ?"))) {
      select.setBytes(1, id.bytes());
      if (submitter != null) {
        select.setString(2, submitter);
      }
      return read(connection, select).stream().findFirst();
    }
  }

  /** The newest submissions of a user, or of all, in a state, or in any. */
  static List<Submission> newest(
      Connection connection, @Nullable String submitter, @Nullable SubmissionState state, int limit)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            COLUMNS
                + " WHERE TRUE"
                + (submitter == null ? "" : " AND s.submitter = ?")
                + (state == null ? "" : " AND s.state = ?")
                + " ORDER BY s.created_at DESC, s.id LIMIT ?")) {
      int next = 1;
      if (submitter != null) {
        select.setString(next++, submitter);
      }
      if (state != null) {
        select.setString(next++, state.toString());
      }
      select.setInt(next, limit);
      return read(connection, select);
    }
  }

  /** Who had a part in a layer by its accepted submission; none if there is none. */
  static List<Contribution> accepted(Connection connection, EntityId layer) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id FROM submissions WHERE layer_id = ? AND state = 'accepted'"
                + " ORDER BY updated_at DESC, id LIMIT 1")) {
      select.setBytes(1, layer.bytes());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? contributions(connection, EntityId.of(row.getBytes(1))) : List.of();
      }
    }
  }

  private static List<Submission> read(Connection connection, PreparedStatement select)
      throws SQLException {
    List<Submission> bare = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        bare.add(
            new Submission(
                EntityId.of(row.getBytes(1)),
                new LayerRef(
                    new LayerName(
                        row.getString(2), row.getString(3), LayerVersion.parse(row.getString(4))),
                    Digest.of(row.getBytes(5))),
                row.getString(6),
                SubmissionState.valueOf(
                    row.getString(7).toUpperCase(Locale.ROOT).replace('-', '_')),
                Instant.ofEpochMilli(row.getLong(8)),
                List.of(),
                List.of()));
      }
    }
    List<Submission> whole = new ArrayList<>();
    for (Submission one : bare) {
      whole.add(
          new Submission(
              one.id(),
              one.layer(),
              one.submitter(),
              one.state(),
              one.createdAt(),
              contributions(connection, one.id()),
              steps(connection, one.id())));
    }
    return whole;
  }

  private static List<Contribution> contributions(Connection connection, EntityId id)
      throws SQLException {
    List<Contribution> contributions = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT contributor, role, share FROM submission_contributions"
                + " WHERE submission_id = ? ORDER BY contributor")) {
      select.setBytes(1, id.bytes());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          contributions.add(
              new Contribution(
                  row.getString(1), row.getString(2), new Share(row.getBigDecimal(3)), null));
        }
      }
    }
    return List.copyOf(contributions);
  }

  private static List<Submission.Step> steps(Connection connection, EntityId id)
      throws SQLException {
    List<Submission.Step> steps = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT event, user_id, at, note FROM submission_events"
                + " WHERE submission_id = ? ORDER BY position")) {
      select.setBytes(1, id.bytes());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          steps.add(
              new Submission.Step(
                  row.getString(1),
                  row.getString(2),
                  Instant.ofEpochMilli(row.getLong(3)),
                  row.getString(4)));
        }
      }
    }
    return List.copyOf(steps);
  }
}
