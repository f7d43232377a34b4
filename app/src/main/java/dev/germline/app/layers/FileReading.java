package dev.germline.app.layers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.app.blobs.Blob;
import dev.germline.app.blobs.Blobs;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.LayerFile;
import dev.germline.core.weights.FileDigests;
import dev.germline.core.weights.FileSummary;
import java.io.IOException;

/** Completes a file of a draft with what its bytes say. */
final class FileReading {
  private final Blobs blobs;

  FileReading(Blobs blobs) {
    this.blobs = blobs;
  }

  /**
   * The file as it goes into the record.
   *
   * @throws GermlineException FILE_INVALID when the bytes are empty or break the rules of their
   *     format, HASH_MISMATCH when the client said otherwise of size or hashes
   */
  LayerFile read(Draft.File file, Blob blob) {
    FileDigests.Result held = blob.digests();
    agree(file, "sizeBytes", Long.toString(held.size()));
    agree(file, "sha256", held.sha256().toHex());
    agree(file, "gitSha1", held.gitSha1().hex());
    if (held.size() == 0) {
      throw new GermlineException(
          Fault.FILE_INVALID, "file " + file.path() + " is empty; leave it out of the layer");
    }
    try {
      FileSummary summary = FileSummary.of(file.path().value(), blobs.source(blob));
      return new LayerFile(
          file.path(),
          held.size(),
          held.blake3(),
          held.sha256(),
          held.gitSha1(),
          summary.format(),
          summary.metadata());
    } catch (IOException failure) {
      throw new GermlineException(
          Fault.STORE_UNAVAILABLE, "the bytes of " + file.path() + " cannot be read now", failure);
    }
  }

  private static void agree(Draft.File file, String member, String found) {
    JsonNode given = file.given().get(member);
    if (given != null && !given.asText().equals(found)) {
      throw new GermlineException(
          Fault.HASH_MISMATCH,
          "file %s: %s is %s, and not %s".formatted(file.path(), member, found, given.asText()));
    }
  }
}
