package dev.germline.app.layers;

import dev.germline.app.blobs.Blob;
import dev.germline.app.blobs.Blobs;
import dev.germline.app.identity.Caller;
import dev.germline.app.sql.Database;
import dev.germline.blobstore.weights.StoredPiece;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.LayerName;
import dev.germline.core.substrate.EntityId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/**
 * What is stored, shared and saved. Nothing here counts what the caller may not see. Adding up
 * takes MySQL some seconds per million pieces, so it is done for a few callers at a time.
 * Thread-safe.
 */
public final class Storage {
  private final Database database;
  private final Layers layers;
  private final Blobs blobs;
  private final Turns turns = new Turns();

  public Storage(Database database, Layers layers, Blobs blobs) {
    this.database = database;
    this.layers = layers;
    this.blobs = blobs;
  }

  /**
   * What a layer takes.
   *
   * @throws GermlineException LAYER_NOT_FOUND, OVERLOADED
   */
  LayerStorage of(Caller caller, LayerName name) {
    LayerRow row = layers.row(caller, name);
    return turns.take(() -> measure(caller, row));
  }

  /**
   * Brings a layer's weights into the local cache.
   *
   * @return bytes that they take there; 0 when there is no cache
   * @throws GermlineException LAYER_NOT_FOUND, OVERLOADED, STORE_UNAVAILABLE
   */
  long preload(Caller caller, LayerName name) {
    LayerRow row = layers.row(caller, name);
    return turns.take(() -> blobs(row.id()).stream().mapToLong(blobs::preload).sum());
  }

  /** As {@link #preload(Caller, LayerName)} of one file, for whoever chose the layer. */
  long preload(Blob blob) {
    return turns.take(() -> blobs.preload(blob));
  }

  /**
   * The files of a layer.
   *
   * @throws GermlineException BLOB_NOT_FOUND
   */
  List<Blob> blobs(EntityId layer) {
    return database.read(connection -> FileRows.of(connection, layer)).stream()
        .map(file -> blobs.require(file.tenant(), file.blake3()))
        .distinct()
        .toList();
  }

  private LayerStorage measure(Caller caller, LayerRow row) {
    List<FileRows.Row> files = database.read(connection -> FileRows.of(connection, row.id()));
    List<Long> recipes = blobs(row.id()).stream().map(Blob::recipe).distinct().toList();
    SharedRecipes shares = new SharedRecipes(database, row.id(), recipes, caller);
    List<StorageRows.Group> groups = new ArrayList<>();
    for (int i = 0; i < recipes.size(); i++) {
      long recipe = recipes.get(i);
      List<Long> earlier = recipes.subList(0, i);
      for (OptionalLong at = OptionalLong.of(0); at.isPresent(); ) {
        long begin = at.getAsLong();
        OptionalLong next =
            database.read(connection -> StorageRows.pageEnd(connection, recipe, begin));
        long end = next.orElse(Long.MAX_VALUE);
        List<Long> shared = shares.of(recipe, begin, end);
        groups.addAll(
            database.read(connection ->
                StorageRows.ofLayer(connection, recipe, begin, end, earlier, shared)));
        at = next;
      }
    }
    StorageRows.Bases bases =
        recipes.isEmpty()
            ? new StorageRows.Bases(0, 0)
            : database.read(
                connection -> StorageRows.bases(connection, recipes, shares.under(connection)));
    long raw = files.stream().mapToLong(FileRows.Row::size).sum();
    long stored = sum(groups, StorageRows.Group::storedBytes);
    long shared = sum(shared(groups), StorageRows.Group::storedBytes);
    return new LayerStorage(
        row.name().toString(),
        raw,
        sum(groups, StorageRows.Group::rawBytes),
        stored,
        stored - shared,
        shared,
        bases.hidden() == 0 ? stored + bases.storedBytes() : null,
        saved(raw, stored),
        depths(groups),
        EncodingUse.of(groups));
  }

  private static List<Long> depths(List<StorageRows.Group> groups) {
    List<Long> depths = new ArrayList<>();
    for (int depth = 0; depth <= StoredPiece.MAX_DEPTH; depth++) {
      int wanted = depth;
      depths.add(
          groups.stream()
              .filter(group -> group.depth() == wanted)
              .mapToLong(StorageRows.Group::pieces)
              .sum());
    }
    while (depths.size() > 1 && depths.getLast() == 0) {
      depths.removeLast();
    }
    return depths;
  }

  /**
   * What all layers take that the caller may see.
   *
   * @throws GermlineException OVERLOADED
   */
  StorageReport all(Caller caller) {
    return turns.take(() -> measureAll(caller));
  }

  private StorageReport measureAll(Caller caller) {
    StorageRows.Files files = database.read(connection -> StorageRows.files(connection, caller));
    List<StorageRows.Group> groups = new ArrayList<>();
    for (long after = 0; ; ) {
      long begin = after;
      OptionalLong last = database.read(connection -> StorageRows.pageEnd(connection, begin));
      if (last.isEmpty()) {
        break;
      }
      groups.addAll(
          database.read(
              connection -> StorageRows.ofAll(connection, begin, last.getAsLong(), caller)));
      after = last.getAsLong();
    }
    List<StorageRows.Group> visible = shared(groups);
    long stored = sum(visible, StorageRows.Group::storedBytes);
    return new StorageReport(
        files.layers(),
        files.files(),
        files.bytes(),
        sum(visible, StorageRows.Group::rawBytes),
        stored,
        saved(files.bytes(), stored),
        EncodingUse.of(visible),
        caller.admin() ? objects(groups, stored) : null);
  }

  private StorageReport.Objects objects(List<StorageRows.Group> groups, long inLayers) {
    StorageRows.Segments segments = database.read(StorageRows::segments);
    long used =
        sum(
            groups.stream().filter(StorageRows.Group::used).toList(),
            StorageRows.Group::storedBytes);
    return new StorageReport.Objects(
        segments.count(), segments.bytes(), used - inLayers, Math.max(0, segments.bytes() - used));
  }

  private static List<StorageRows.Group> shared(List<StorageRows.Group> groups) {
    return groups.stream().filter(StorageRows.Group::shared).toList();
  }

  private static long sum(
      List<StorageRows.Group> groups, ToLongFunction<StorageRows.Group> amount) {
    return groups.stream().mapToLong(amount).sum();
  }

  private static double saved(long raw, long stored) {
    return raw == 0 ? 0 : 1 - (double) stored / raw;
  }
}
