package dev.germline.app.layers;

import dev.germline.app.identity.Caller;
import dev.germline.app.sql.Database;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.ClaimJson;
import dev.germline.core.layers.Dependency;
import dev.germline.core.layers.Layer;
import dev.germline.core.layers.LayerFamily;
import dev.germline.core.layers.Relationship;
import dev.germline.core.layers.VersionRange;
import dev.germline.core.substrate.Digest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Many layers with their records in few statements, as a caller may see them: what it may not see
 * is not among them. Thread-safe.
 */
public final class LayerSets {
  private static final int PER_STATEMENT = 200;

  private final Database database;
  private final Records claimRecords;
  private final ParsedRecords records;

  public LayerSets(Database database, Records records) {
    this.database = database;
    this.claimRecords = records;
    this.records = new ParsedRecords(records);
  }

  /** A layer as the registry has it. */
  public record Entry(LayerRow row, Layer layer) {}

  /**
   * Every version of these families; a family without one is left out.
   *
   * @param most versions in all
   * @throws GermlineException LIMIT_EXCEEDED
   */
  public Map<LayerFamily, List<Entry>> versions(
      Caller caller, Collection<LayerFamily> families, int most) {
    List<LayerRow> rows = new ArrayList<>();
    for (List<LayerFamily> part : parts(families)) {
      int left = most - rows.size();
      rows.addAll(
          database.read(connection -> LayerSetRows.versions(connection, part, left + 1, caller)));
      if (rows.size() > most) {
        throw new GermlineException(
            Fault.LIMIT_EXCEEDED,
            "more than %d versions would have to be looked at; ask for fewer layers"
                .formatted(most));
      }
    }
    Map<LayerFamily, List<Entry>> found = new LinkedHashMap<>();
    for (Entry entry : read(rows)) {
      found.computeIfAbsent(entry.row().name().family(), family -> new ArrayList<>()).add(entry);
    }
    return found;
  }

  /** Those of these layers that there are, by the digest of their record. */
  public Map<Digest, Entry> pinned(Caller caller, Collection<Digest> digests) {
    List<LayerRow> rows = new ArrayList<>();
    for (List<Digest> part : parts(digests)) {
      rows.addAll(database.read(connection -> LayerSetRows.pinned(connection, part, caller)));
    }
    Map<Digest, Entry> found = new HashMap<>();
    read(rows).forEach(entry -> found.put(entry.row().digest(), entry));
    return found;
  }

  /**
   * What counts of what was stated between any two of these layers, of which the caller may see
   * all.
   */
  public List<Relationship> relations(Relationship.Kind kind, Collection<Digest> among) {
    List<Digest> claims = new ArrayList<>();
    for (List<Digest> subjects : parts(among)) {
      for (List<Digest> objects : parts(among)) {
        claims.addAll(
            database.read(
                connection -> LayerSetRows.relations(connection, kind.name(), subjects, objects)));
      }
    }
    Map<Digest, byte[]> found = claimRecords.read(claims);
    List<Relationship> relations = new ArrayList<>();
    for (Digest claim : claims) {
      byte[] record = found.get(claim);
      if (record == null) {
        throw Records.lost(claim);
      }
      if (ClaimJson.parseStored(record) instanceof Relationship relation) {
        relations.add(relation);
      }
    }
    return relations;
  }

  /**
   * What was stated after their publication that these layers need, by the digest of each: the very
   * version that was named. Contested claims are not among them, nor such as name a layer that the
   * caller may not see.
   */
  public Map<Digest, List<Dependency>> statedNeeds(Caller caller, Collection<Digest> subjects) {
    List<Digest> claims = new ArrayList<>();
    for (List<Digest> part : parts(subjects)) {
      claims.addAll(
          database.read(connection -> LayerSetRows.statedNeeds(connection, part, caller)));
    }
    Map<Digest, byte[]> found = claimRecords.read(claims);
    Map<Digest, List<Dependency>> needs = new HashMap<>();
    for (Digest claim : claims) {
      byte[] record = found.get(claim);
      if (record == null) {
        throw Records.lost(claim);
      }
      if (ClaimJson.parseStored(record) instanceof Relationship.DependsOn need) {
        needs
            .computeIfAbsent(need.subject().digest(), none -> new ArrayList<>())
            .add(
                new Dependency(
                    need.object().layer().family(),
                    VersionRange.parse(need.object().layer().version().text()),
                    need.dependencyType(),
                    need.strength(),
                    need.required()));
      }
    }
    return needs;
  }

  private List<Entry> read(List<LayerRow> rows) {
    Map<Digest, Layer> layers = records.read(rows.stream().map(LayerRow::digest).toList());
    List<Entry> entries = new ArrayList<>();
    for (LayerRow row : rows) {
      Layer layer = layers.get(row.digest());
      if (layer != null) {
        entries.add(new Entry(row, layer));
      }
    }
    return entries;
  }

  private static <T> List<List<T>> parts(Collection<T> all) {
    List<T> list = all.stream().distinct().toList();
    List<List<T>> parts = new ArrayList<>();
    for (int from = 0; from < list.size(); from += PER_STATEMENT) {
      parts.add(list.subList(from, Math.min(list.size(), from + PER_STATEMENT)));
    }
    return parts;
  }
}
