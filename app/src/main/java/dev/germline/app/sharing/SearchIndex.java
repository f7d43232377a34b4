package dev.germline.app.sharing;

import dev.germline.app.layers.Records;
import dev.germline.app.sql.Database;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.Layer;
import dev.germline.core.layers.LayerJson;
import dev.germline.core.layers.License;
import dev.germline.core.retrieval.HashedEmbedding;
import dev.germline.core.substrate.Digest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What layers are found by, following the registry: every search first takes in what was published
 * since the one before, in the order of publishing. Several processes may do so at once; the
 * position's row lock orders them. Thread-safe.
 */
final class SearchIndex {
  /** Layers taken in by one transaction. */
  private static final int STEP = 200;

  /** How long a search goes on taking in before it answers with what there is. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Database database;
  private final Records records;

  SearchIndex(Database database, Records records) {
    this.database = database;
    this.records = records;
  }

  /**
   * Takes in what is new.
   *
   * @return whether it reached the end of the registry within two seconds
   */
  boolean catchUp() {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      SearchIndexRows.Position position = database.read(SearchIndexRows::position);
      List<SearchIndexRows.Layer> next =
          database.read(connection -> SearchIndexRows.after(connection, position, STEP));
      if (next.isEmpty()) {
        return true;
      }
      List<SearchIndexRows.Entry> entries = entries(next);
      database.transact(connection -> {
        if (SearchIndexRows.lock(connection).equals(position)) {
          SearchIndexRows.insert(connection, entries);
          SearchIndexRows.move(connection, next.getLast().position());
        }
        return true;
      });
      if (next.size() < STEP) {
        return true;
      }
      if (System.nanoTime() > until) {
        return false;
      }
    }
  }

  private List<SearchIndexRows.Entry> entries(List<SearchIndexRows.Layer> layers) {
    Map<Digest, byte[]> contents =
        records.read(layers.stream().map(SearchIndexRows.Layer::digest).toList());
    List<SearchIndexRows.Entry> entries = new ArrayList<>();
    for (SearchIndexRows.Layer row : layers) {
      String text;
      List<String> capabilities = List.of();
      Optional<License> license = Optional.empty();
      Scope reach = Scope.LOCAL;
      Optional<Layer> layer = parse(contents.get(row.digest()));
      if (layer.isPresent()) {
        text = SearchText.of(layer.get());
        capabilities = layer.get().manifest().capabilities();
        license = Optional.ofNullable(layer.get().manifest().sharing().license());
        reach = Scope.of(layer.get().manifest().sharing().distribution());
      } else {
        // A record that cannot be read is fsck's to report; its name is still found.
        text = row.name();
      }
      entries.add(
          new SearchIndexRows.Entry(
              row.position().layer(),
              text.toLowerCase(Locale.ROOT),
              HashedEmbedding.of(text),
              license.map(l -> l.spdx().text()),
              license.map(License::commercialUse),
              reach,
              capabilities));
    }
    return entries;
  }

  private static Optional<Layer> parse(byte @Nullable [] record) {
    if (record == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(LayerJson.parseStored(record));
    } catch (GermlineException unfit) {
      return Optional.empty();
    }
  }
}
