package dev.germline.app.layers;

import dev.germline.app.blobs.ReadableBlobs;
import dev.germline.app.identity.Caller;
import dev.germline.app.sql.Database;
import dev.germline.core.substrate.Digest;

/** A caller may use the bytes of every layer it may see. Thread-safe. */
public final class ReadableFiles implements ReadableBlobs {
  private final Database database;

  public ReadableFiles(Database database) {
    this.database = database;
  }

  @Override
  public boolean readable(Caller caller, Digest blake3) {
    return database.read(connection -> LayerRows.fileReadable(connection, blake3, caller));
  }
}
