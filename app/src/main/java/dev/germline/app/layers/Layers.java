package dev.germline.app.layers;

import dev.germline.app.identity.Caller;
import dev.germline.app.sql.Database;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.FilePath;
import dev.germline.core.layers.LayerFamily;
import dev.germline.core.layers.LayerJson;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerType;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The registry as a caller may see it: a layer it may not see does not exist for it. Reads MySQL
 * (and S3 for large records) only, so it answers while the graph is away. Thread-safe.
 */
public final class Layers {
  /** Layers that are looked up in one query at most. */
  public static final int MAX_AT_ONCE = 1000;

  static final int MAX_PAGE = 500;

  private final Database database;
  private final Records records;

  public Layers(Database database, Records records) {
    this.database = database;
    this.records = records;
  }

  /**
   * One page of a listing.
   *
   * @param nextCursor where the next one starts; absent on the last
   */
  public record Page(List<LayerRow> items, @Nullable String nextCursor) {}

  /**
   * A layer's registry row.
   *
   * @throws GermlineException LAYER_NOT_FOUND
   */
  public LayerRow row(Caller caller, LayerName name) {
    return database
        .read(connection -> LayerRows.find(connection, name, caller))
        .orElseThrow(() -> notFound(name));
  }

  /**
   * The registry rows of many layers in one query; those that do not exist for the caller are left
   * out.
   *
   * @param names at most {@link #MAX_AT_ONCE} different ones
   * @throws GermlineException LIMIT_EXCEEDED
   */
  public Map<LayerName, LayerRow> rows(Caller caller, Collection<LayerName> names) {
    Set<LayerName> asked = atMost(names);
    return asked.isEmpty()
        ? Map.of()
        : database.read(connection -> ManyLayerRows.named(connection, asked, caller)).stream()
            .collect(Collectors.toMap(LayerRow::name, row -> row));
  }

  /**
   * As {@link #rows} by id.
   *
   * @throws GermlineException LIMIT_EXCEEDED
   */
  public Map<EntityId, LayerRow> rowsById(Caller caller, Collection<EntityId> ids) {
    Set<EntityId> asked = atMost(ids);
    return asked.isEmpty()
        ? Map.of()
        : database.read(connection -> ManyLayerRows.withIds(connection, asked, caller)).stream()
            .collect(Collectors.toMap(LayerRow::id, row -> row));
  }

  private static <T> Set<T> atMost(Collection<T> asked) {
    Set<T> different = new LinkedHashSet<>(asked);
    if (different.size() > MAX_AT_ONCE) {
      throw new GermlineException(
          Fault.LIMIT_EXCEEDED,
          "%d layers at once; at most %d are looked up".formatted(different.size(), MAX_AT_ONCE));
    }
    return different;
  }

  /**
   * A layer with its record.
   *
   * @throws GermlineException LAYER_NOT_FOUND
   */
  public LayerDetail get(Caller caller, LayerName name) {
    LayerRow row = row(caller, name);
    byte[] record = records.read(row.digest());
    return LayerDetail.of(row, record, LayerJson.parseStored(record));
  }

  /**
   * The records of many layers, in one query where they are short. Whoever has a {@link LayerRow}
   * was allowed to see it.
   */
  public Map<EntityId, LayerDetail> details(Collection<LayerRow> seen) {
    Map<Digest, byte[]> contents =
        records.read(seen.stream().map(LayerRow::digest).distinct().toList());
    Map<EntityId, LayerDetail> details = new HashMap<>();
    for (LayerRow row : seen) {
      byte[] record = contents.get(row.digest());
      if (record == null) {
        throw Records.lost(row.digest());
      }
      details.put(row.id(), LayerDetail.of(row, record, LayerJson.parseStored(record)));
    }
    return details;
  }

  /**
   * What was published after a place in the ledger, oldest first.
   *
   * @param id of the last layer seen of that sequence; null when all of it was
   */
  public List<LayerRow> publishedAfter(
      Caller caller, long sequence, @Nullable EntityId id, int limit) {
    return database.read(connection -> LayerRows.after(connection, sequence, id, limit, caller));
  }

  /**
   * Where the bytes of a file lie. Whoever has a {@link LayerRow} was allowed to see it.
   *
   * @throws GermlineException FILE_NOT_FOUND
   */
  FileRows.Row stored(LayerRow layer, FilePath path) {
    return database.read(connection -> FileRows.of(connection, layer.id())).stream()
        .filter(file -> file.path().equals(path.value()))
        .findFirst()
        .orElseThrow(() -> LayerDetail.noFile(layer.name(), path));
  }

  /**
   * Every version of a family, newest first by semantic versioning.
   *
   * @throws GermlineException LAYER_NOT_FOUND when there is none
   */
  public List<LayerRow> versions(Caller caller, LayerFamily family) {
    List<LayerRow> rows =
        database.read(connection -> LayerRows.versions(connection, family, caller)).stream()
            .sorted(Comparator.comparing((LayerRow row) -> row.name().version()).reversed())
            .toList();
    if (rows.isEmpty()) {
      throw new GermlineException(Fault.LAYER_NOT_FOUND, "there is no layer " + family);
    }
    return rows;
  }

  /**
   * A listing, newest first.
   *
   * @throws GermlineException INVALID_REQUEST for a limit out of 1 to 500 or a broken cursor
   */
  public Page list(
      Caller caller,
      @Nullable String namespace,
      @Nullable String name,
      @Nullable LayerType type,
      int limit,
      @Nullable String cursor) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw new GermlineException(
          Fault.INVALID_REQUEST, "limit is from 1 to " + MAX_PAGE + ", and not " + limit);
    }
    Cursor after = cursor == null ? null : Cursor.parse(cursor);
    LayerRows.Filter filter = new LayerRows.Filter(namespace, name, type, limit);
    List<LayerRow> rows =
        database.read(connection -> LayerRows.page(connection, filter, after, caller));
    if (rows.size() <= limit) {
      return new Page(rows, null);
    }
    LayerRow last = rows.get(limit - 1);
    return new Page(
        rows.subList(0, limit), new Cursor(last.ledgerSequence(), last.id()).toString());
  }

  /** What is said where a layer does not exist for the caller. */
  public static GermlineException notFound(LayerName name) {
    return new GermlineException(Fault.LAYER_NOT_FOUND, "there is no layer " + name);
  }
}
