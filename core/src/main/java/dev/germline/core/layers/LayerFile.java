package dev.germline.core.layers;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.FileFormat;
import dev.germline.core.weights.GitBlobId;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One file of a layer, by three digests: ours, the one LFS clients compare, and git's.
 *
 * @param sizeBytes from 1 (an empty file is refused: nothing in a layer means something by being
 *     empty, and an empty upload is most often a failed one) to 2^53-1
 * @param metadata what the file's format says of it, such as {@code tensors} or {@code
 *     general.architecture}: at most 64 entries, values at most 1,024 characters
 */
public record LayerFile(
    FilePath path,
    long sizeBytes,
    Digest blake3,
    Digest sha256,
    GitBlobId gitSha1,
    FileFormat format,
    SortedMap<String, String> metadata) {
  private static final int MAX_METADATA = 64;
  private static final int MAX_VALUE = 1024;

  public LayerFile {
    Check.required("path", path);
    if (sizeBytes < 1 || sizeBytes > Check.MAX_INTEGER) {
      throw new GermlineException(
          Fault.FILE_INVALID,
          "file "
              + Check.show(path.value())
              + " is "
              + sizeBytes
              + " bytes long; a file of a layer has from 1 to "
              + Check.MAX_INTEGER);
    }
    Check.required("blake3", blake3);
    Check.required("sha256", sha256);
    Check.required("gitSha1", gitSha1);
    Check.required("format", format);
    metadata = copy(metadata);
  }

  private static SortedMap<String, String> copy(@Nullable Map<String, String> metadata) {
    var copy = new TreeMap<String, String>();
    if (metadata != null) {
      Check.limit("metadata", metadata.size(), MAX_METADATA);
      metadata.forEach((key, value) ->
          copy.put(
              Check.text("metadata", key),
              Check.characters(
                  "metadata." + key, Check.required("metadata." + key, value), MAX_VALUE)));
    }
    return Collections.unmodifiableSortedMap(copy);
  }
}
