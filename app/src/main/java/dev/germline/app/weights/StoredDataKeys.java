package dev.germline.app.weights;

import dev.germline.app.sql.Database;
import dev.germline.blobstore.keys.WrappedKey;
import dev.germline.blobstore.keys.WrappedKeys;
import dev.germline.blobstore.keys.Wrapping;
import dev.germline.blobstore.segment.DataKeyId;
import dev.germline.core.weights.Tenant;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The table data_keys. Thread-safe. */
public final class StoredDataKeys implements WrappedKeys {
  private static final String KEY =
      "SELECT id, tenant, master_key, wrapped, created_at FROM data_keys ";

  private final Database database;

  public StoredDataKeys(Database database) {
    this.database = database;
  }

  @Override
  public Optional<WrappedKey> newest(Tenant tenant) {
    return select(
            KEY + "WHERE tenant = ? ORDER BY created_at DESC, id DESC LIMIT 1",
            statement -> statement.setString(1, tenant.name()))
        .stream()
        .findFirst();
  }

  @Override
  public Optional<WrappedKey> find(DataKeyId id) {
    return select(KEY + "WHERE id = ?", statement -> statement.setBytes(1, id.bytes())).stream()
        .findFirst();
  }

  @Override
  public void add(WrappedKey key) {
    database.<Integer>read(connection -> {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO data_keys (id, tenant, master_key, wrapped, created_at)"
                  + " VALUES (?, ?, ?, ?, ?)")) {
        insert.setBytes(1, key.id().bytes());
        insert.setString(2, key.tenant().name());
        insert.setString(3, key.wrapping().masterKey());
        insert.setBytes(4, key.wrapping().bytes());
        insert.setLong(5, key.createdAt().toEpochMilli());
        return insert.executeUpdate();
      }
    });
  }

  @Override
  public List<WrappedKey> wrappedByOthers(String masterKey, Optional<DataKeyId> after, int most) {
    return select(
        KEY + "WHERE id > ? AND master_key <> ? ORDER BY id LIMIT ?",
        statement -> {
          statement.setBytes(1, after.map(DataKeyId::bytes).orElse(new byte[0]));
          statement.setString(2, masterKey);
          statement.setInt(3, most);
        });
  }

  @Override
  public boolean rewrap(DataKeyId id, Wrapping from, Wrapping to) {
    return database.read(connection -> {
      try (PreparedStatement update =
          connection.prepareStatement(
              "UPDATE data_keys SET master_key = ?, wrapped = ?"
                  + " WHERE id = ? AND master_key = ? AND wrapped = ?")) {
        update.setString(1, to.masterKey());
        update.setBytes(2, to.bytes());
        update.setBytes(3, id.bytes());
        update.setString(4, from.masterKey());
        update.setBytes(5, from.bytes());
        return update.executeUpdate() == 1;
      }
    });
  }

  @Override
  public Map<String, Long> byMasterKey() {
    return database.read(connection -> {
      Map<String, Long> counts = new TreeMap<>();
      try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT master_key, COUNT(*) FROM data_keys GROUP BY master_key");
          ResultSet row = select.executeQuery()) {
        while (row.next()) {
          counts.put(row.getString(1), row.getLong(2));
        }
      }
      return counts;
    });
  }

  @FunctionalInterface
  private interface Parameters {
    void set(PreparedStatement statement) throws SQLException;
  }

  private List<WrappedKey> select(String sql, Parameters parameters) {
    return database.read(connection -> {
      List<WrappedKey> keys = new ArrayList<>();
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        parameters.set(select);
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            keys.add(
                new WrappedKey(
                    DataKeyId.of(row.getBytes("id")),
                    new Tenant(row.getString("tenant")),
                    new Wrapping(row.getString("master_key"), row.getBytes("wrapped")),
                    Instant.ofEpochMilli(row.getLong("created_at"))));
          }
        }
      }
      return keys;
    });
  }
}
