package dev.germline.app.layers;

import dev.germline.app.blobs.LayerFiles;
import dev.germline.app.identity.Caller;
import dev.germline.app.sql.Database;
import dev.germline.core.layers.LayerName;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.Tenant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The files of the layers that a caller may see. Thread-safe. */
public final class FilesOfLayers implements LayerFiles {
  private final Database database;

  public FilesOfLayers(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Tenant> readable(Caller caller, Digest blake3) {
    return database.read(connection -> FileRows.readable(connection, blake3, caller));
  }

  @Override
  public Optional<Digest> counterpart(Caller caller, LayerName parent, String path) {
    LayerRow row =
        database
            .read(connection -> LayerRows.find(connection, parent, caller))
            .orElseThrow(() -> Layers.notFound(parent));
    List<FileRows.Row> files = database.read(connection -> FileRows.of(connection, row.id()));
    return files.stream()
        .filter(file -> file.path().equals(path))
        .findFirst()
        .or(() ->
            files.stream()
                .filter(file -> ending(file.path()).equals(ending(path)))
                .max(Comparator.comparingLong(FileRows.Row::size)))
        .map(FileRows.Row::blake3);
  }

  private static String ending(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
