package dev.germline.app.layers;

import dev.germline.app.blobs.Blob;
import dev.germline.app.blobs.Blobs;
import dev.germline.app.identity.Caller;
import dev.germline.app.sql.Database;
import dev.germline.blobstore.weights.DamagedBytes;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.LayerName;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.BitSimilarity;
import dev.germline.core.weights.ByteSource;
import dev.germline.core.weights.TensorSample;
import dev.germline.core.weights.TensorSpan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * From which layers a layer may have evolved, by its weights. A suggestion to a person: it claims
 * nothing and writes nothing. Thread-safe.
 */
public final class SuggestedParents {
  /**
   * What scores lower is not suggested: fine-tuned models lie above 0.95, models of one
   * architecture that were trained apart below 0.87.
   */
  static final double THRESHOLD = 0.9;

  private static final int MOST_COMPARED = 16;

  private final Database database;
  private final Layers layers;
  private final Blobs blobs;
  private final Turns turns = new Turns();

  public SuggestedParents(Database database, Layers layers, Blobs blobs) {
    this.database = database;
    this.layers = layers;
    this.blobs = blobs;
  }

  /**
   * A layer that may be the parent.
   *
   * @param similarity as {@link BitSimilarity} defines it
   */
  record Suggestion(LayerName layer, double similarity) {}

  /**
   * Layers that the caller may see, were published before, and whose weights look alike; the best
   * first. Of the layer its largest file with tensors is compared.
   *
   * @throws GermlineException LAYER_NOT_FOUND, WEIGHTS_DAMAGED, STORE_UNAVAILABLE, OVERLOADED
   */
  List<Suggestion> of(Caller caller, LayerName name) {
    LayerRow row = layers.row(caller, name);
    return turns.take(() -> compare(caller, row));
  }

  private List<Suggestion> compare(Caller caller, LayerRow row) {
    List<FileRows.Row> files =
        database.read(connection -> FileRows.of(connection, row.id())).stream()
            .sorted(Comparator.comparingLong(FileRows.Row::size).reversed())
            .toList();
    for (FileRows.Row file : files) {
      Blob blob = blobs.require(file.tenant(), file.blake3());
      List<TensorSpan> tensors = blobs.tensors(blob);
      List<TensorSample> samples = TensorSample.of(tensors);
      if (!samples.isEmpty()) {
        return compare(caller, row, blob, tensors, samples);
      }
    }
    return List.of();
  }

  private List<Suggestion> compare(
      Caller caller,
      LayerRow row,
      Blob child,
      List<TensorSpan> tensors,
      List<TensorSample> samples) {
    Map<LayerName, Digest> candidates =
        database.read(
            connection -> ParentRows.alike(connection, row, child, MOST_COMPARED, caller));
    if (candidates.isEmpty()) {
      return List.of();
    }
    List<byte @Nullable []> ours;
    try {
      ours = read(child, tensors, samples);
    } catch (DamagedBytes damaged) {
      throw blobs.damaged(child, damaged);
    }
    Map<Digest, OptionalDouble> known = new HashMap<>();
    List<Suggestion> alike = new ArrayList<>();
    candidates.forEach((layer, file) ->
        known
            .computeIfAbsent(file, digest -> similarity(child, digest, samples, ours))
            .ifPresent(similarity -> {
              if (similarity >= THRESHOLD) {
                alike.add(new Suggestion(layer, similarity));
              }
            }));
    alike.sort(Comparator.comparingDouble(Suggestion::similarity).reversed());
    return List.copyOf(alike);
  }

  private OptionalDouble similarity(
      Blob child, Digest file, List<TensorSample> samples, List<byte @Nullable []> ours) {
    Blob parent = blobs.require(child.tenant(), file);
    List<byte @Nullable []> theirs;
    try {
      theirs = read(parent, blobs.tensors(parent), samples);
    } catch (DamagedBytes damaged) {
      return OptionalDouble.empty(); // the scrub tells of it
    }
    BitSimilarity similarity = new BitSimilarity();
    for (int i = 0; i < samples.size(); i++) {
      byte[] a = ours.get(i);
      byte[] b = theirs.get(i);
      if (a != null && b != null) {
        similarity.add(samples.get(i).dtype(), a, b);
      }
    }
    return similarity.value();
  }

  /** The samples' bytes; null where the file has no tensor that fits. */
  private List<byte @Nullable []> read(
      Blob blob, List<TensorSpan> tensors, List<TensorSample> samples) {
    Map<String, TensorSpan> byName = new HashMap<>();
    tensors.forEach(tensor -> byName.putIfAbsent(tensor.name(), tensor));
    ByteSource source = blobs.source(blob);
    List<byte @Nullable []> bytes = new ArrayList<>();
    for (TensorSample sample : samples) {
      TensorSpan tensor = byName.get(sample.tensor());
      if (tensor == null
          || !tensor.dtype().equals(sample.dtype())
          || tensor.bytes() != sample.tensorBytes()) {
        bytes.add(null);
        continue;
      }
      try {
        bytes.add(source.read(tensor.begin() + sample.offset(), sample.length()));
      } catch (IOException broken) {
        throw new GermlineException(
            Fault.STORE_UNAVAILABLE,
            "blob " + blob.digests().blake3() + " cannot be read now; try again",
            broken);
      }
    }
    return bytes;
  }
}
