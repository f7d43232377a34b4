package dev.germline.app.assembly;

import dev.germline.app.identity.Caller;
import dev.germline.app.layers.Assembled;
import dev.germline.app.layers.LayerSets;
import dev.germline.app.ledger.Contents;
import dev.germline.app.sql.Database;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.assembly.AssemblyJson;
import dev.germline.core.assembly.LockFile;
import dev.germline.core.layers.Layer;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerRef;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityId;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Published assemblies as a caller may see them: with all their layers, or not at all. Thread-safe.
 */
public final class StoredAssemblies {
  /** Most entries of a page. */
  static final int MAX_PAGE = 500;

  private final Database database;
  private final Contents contents;
  private final LayerSets layers;

  public StoredAssemblies(Database database, Contents contents, LayerSets layers) {
    this.database = database;
    this.contents = contents;
    this.layers = layers;
  }

  /**
   * An assembly.
   *
   * @throws GermlineException ASSEMBLY_NOT_FOUND
   */
  AssemblyDetail get(Caller caller, LayerName name) {
    return detail(row(caller, name));
  }

  /**
   * An assembly without its record.
   *
   * @throws GermlineException ASSEMBLY_NOT_FOUND
   */
  public AssemblyRow row(Caller caller, LayerName name) {
    return database
        .read(connection -> AssemblyRows.find(connection, name, caller))
        .orElseThrow(
            () -> new GermlineException(Fault.ASSEMBLY_NOT_FOUND, "there is no assembly " + name));
  }

  AssemblyDetail detail(AssemblyRow row) {
    return Objects.requireNonNull(details(List.of(row)).get(row));
  }

  /**
   * The records of many assemblies, in one query where they are short. Whoever has an {@link
   * AssemblyRow} was allowed to see it.
   */
  public Map<AssemblyRow, AssemblyDetail> details(Collection<AssemblyRow> seen) {
    Map<Digest, byte[]> records =
        contents.records(seen.stream().map(AssemblyRow::digest).distinct().toList());
    Map<AssemblyRow, AssemblyDetail> details = new HashMap<>();
    for (AssemblyRow row : seen) {
      byte[] record = records.get(row.digest());
      if (record == null) {
        throw new GermlineException(
            Fault.INTERNAL, "the record " + row.digest() + " is lost; run fsck");
      }
      String json = new String(record, StandardCharsets.UTF_8);
      details.put(row, new AssemblyDetail(row, json, AssemblyJson.parse(record), null));
    }
    return details;
  }

  /**
   * Newest first.
   *
   * @param before the ledger sequence to go on from
   * @throws GermlineException INVALID_REQUEST for a limit out of 1 to 500
   */
  public List<AssemblyRow> list(
      Caller caller, @Nullable String namespace, @Nullable String name, long before, int limit) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw new GermlineException(
          Fault.INVALID_REQUEST, "limit is from 1 to " + MAX_PAGE + ", and not " + limit);
    }
    return database.read(
        connection -> AssemblyRows.list(connection, namespace, name, before, limit, caller));
  }

  /**
   * Which assemblies have some layers, as {@link Assembled}; each only if the caller sees all of
   * it.
   */
  public List<Assembled.Use> uses(Caller caller, Collection<EntityId> madeOf, int most) {
    return database.read(connection -> AssemblyRows.uses(connection, madeOf, most, caller));
  }

  /** Assemblies by their ids, those that the caller may see; at most 500. */
  public Map<EntityId, AssemblyRow> rowsById(Caller caller, Collection<EntityId> ids) {
    Map<EntityId, AssemblyRow> rows = new HashMap<>();
    database
        .read(connection -> AssemblyRows.byId(connection, ids, caller))
        .forEach(row -> rows.put(row.id(), row));
    return rows;
  }

  /**
   * Everything an assembly is made of, pinned.
   *
   * @throws GermlineException ASSEMBLY_NOT_FOUND
   */
  LockFile lock(Caller caller, LayerName name) {
    AssemblyRow row = row(caller, name);
    return Objects.requireNonNull(locks(caller, List.of(row)).get(row));
  }

  /** The same of many assemblies that the caller was shown. */
  public Map<AssemblyRow, LockFile> locks(Caller caller, Collection<AssemblyRow> seen) {
    Map<AssemblyRow, AssemblyDetail> details = details(seen);
    List<Digest> digests =
        details.values().stream()
            .flatMap(detail -> AssemblyDetail.members(detail.assembly()).stream())
            .map(LayerRef::digest)
            .distinct()
            .toList();
    List<Layer> found =
        layers.pinned(caller, digests).values().stream().map(LayerSets.Entry::layer).toList();
    Map<AssemblyRow, LockFile> locks = new HashMap<>();
    details.forEach(
        (row, detail) -> locks.put(row, LockFile.of(detail.assembly(), row.digest(), found)));
    return locks;
  }
}
