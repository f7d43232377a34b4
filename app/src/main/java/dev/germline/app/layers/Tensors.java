package dev.germline.app.layers;

import dev.germline.app.blobs.Blob;
import dev.germline.app.blobs.Blobs;
import dev.germline.app.identity.Caller;
import dev.germline.app.sql.Database;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.LayerName;
import dev.germline.core.weights.FileFormat;
import dev.germline.core.weights.LoneTensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The single tensors of layers, of which only the pieces asked for are read. Thread-safe. */
public final class Tensors {
  private static final int NAMED_AT_MOST = 10;

  /** GGUF's magic and version, which show the order of the bytes. */
  private static final int GGUF_START = 8;

  private final Database database;
  private final Layers layers;
  private final Blobs blobs;

  public Tensors(Database database, Layers layers, Blobs blobs) {
    this.database = database;
    this.layers = layers;
    this.blobs = blobs;
  }

  /**
   * The tensors of a layer, file after file, in the order of their bytes. Such as have no bytes in
   * a file, as ONNX's external ones, are left out.
   *
   * @param file only of this one
   * @throws GermlineException LAYER_NOT_FOUND, FILE_NOT_FOUND
   */
  public List<StoredTensor> list(Caller caller, LayerName name, @Nullable String file) {
    return list(layers.row(caller, name), file);
  }

  private List<StoredTensor> list(LayerRow row, @Nullable String file) {
    List<FileRows.Row> files =
        database.read(connection -> FileRows.of(connection, row.id())).stream()
            .filter(one -> file == null || one.path().equals(file))
            .toList();
    if (file != null && files.isEmpty()) {
      throw new GermlineException(
          Fault.FILE_NOT_FOUND, "%s has no file %s".formatted(row.name(), file));
    }
    List<StoredTensor> tensors = new ArrayList<>();
    for (FileRows.Row one : files) {
      if (hasTensors(one.format())) {
        Blob blob = blobs.require(one.tenant(), one.blake3());
        blobs.tensors(blob).stream()
            .map(span -> new StoredTensor(one.path(), one.format(), blob, span))
            .forEach(tensors::add);
      }
    }
    return tensors;
  }

  /**
   * The shapes of a layer's tensors by their names; of two of one name, the first.
   *
   * @throws GermlineException LAYER_NOT_FOUND
   */
  public Map<String, List<Long>> shapes(Caller caller, LayerName name) {
    Map<String, List<Long>> shapes = new HashMap<>();
    for (StoredTensor tensor : list(caller, name, null)) {
      shapes.putIfAbsent(tensor.span().name(), tensor.span().shape());
    }
    return shapes;
  }

  private static boolean hasTensors(FileFormat format) {
    return switch (format) {
      case SAFETENSORS, GGUF, ONNX -> true;
      case PYTORCH_PICKLE, PEFT_CONFIG, JSON, OTHER -> false;
    };
  }

  /**
   * The tensor of a name. Whoever has a {@link LayerRow} was allowed to see it.
   *
   * @param file that has it; may be absent when only one has
   * @throws GermlineException FILE_NOT_FOUND, TENSOR_NOT_FOUND, TENSOR_AMBIGUOUS naming the files
   */
  StoredTensor get(LayerRow layer, String tensor, @Nullable String file) {
    List<StoredTensor> found =
        list(layer, file).stream().filter(one -> one.span().name().equals(tensor)).toList();
    if (found.isEmpty()) {
      throw new GermlineException(
          Fault.TENSOR_NOT_FOUND, "%s has no tensor %s".formatted(layer.name(), tensor));
    }
    if (found.size() > 1) {
      throw new GermlineException(Fault.TENSOR_AMBIGUOUS, ambiguous(tensor, found));
    }
    return found.getFirst();
  }

  private static String ambiguous(String tensor, List<StoredTensor> found) {
    Set<String> files = new TreeSet<>();
    found.forEach(one -> files.add(one.file()));
    if (files.size() == 1) {
      return "%s has %d tensors %s; read the file by ranges"
          .formatted(files.iterator().next(), found.size(), tensor);
    }
    String some = String.join(", ", files.stream().limit(NAMED_AT_MOST).toList());
    int more = files.size() - NAMED_AT_MOST;
    return "%d files have a tensor %s: %s%s; say which (file)"
        .formatted(files.size(), tensor, some, more > 0 ? " and " + more + " more" : "");
  }

  /**
   * What goes before the tensor's bytes in a safetensors file of its own.
   *
   * @throws GermlineException TENSOR_NOT_CONVERTIBLE
   */
  byte[] safetensorsHeader(StoredTensor tensor) {
    return LoneTensor.header(tensor.format(), tensor.span(), bigEndian(tensor));
  }

  private boolean bigEndian(StoredTensor tensor) {
    if (tensor.format() != FileFormat.GGUF) {
      return false;
    }
    try (InputStream bytes = blobs.read(tensor.blob(), 0, GGUF_START)) {
      byte[] start = bytes.readNBytes(GGUF_START);
      return start[4] == 0 && start[5] == 0; // the version is small, its low bytes come last
    } catch (IOException broken) {
      throw new GermlineException(
          Fault.STORE_UNAVAILABLE, tensor.file() + " cannot be read now; try again", broken);
    }
  }

  /** All bytes of a tensor; the reader closes it. */
  public InputStream open(StoredTensor tensor) {
    return blobs.read(tensor.blob(), tensor.span().begin(), tensor.span().bytes());
  }

  /** Whether the tensor's numbers lie in the file with the high byte first. */
  public boolean highByteFirst(StoredTensor tensor) {
    return bigEndian(tensor);
  }

  /**
   * Bytes {@code [offset, offset + length)} of a header and a tensor behind it; the reader closes
   * it.
   */
  InputStream open(StoredTensor tensor, byte[] header, long offset, long length) {
    int skipped = (int) Math.min(offset, header.length);
    int before = (int) Math.min(header.length - skipped, length);
    InputStream start = new ByteArrayInputStream(header, skipped, before);
    long rest = length - before;
    return rest == 0
        ? start
        : new SequenceInputStream(
            start, blobs.read(tensor.blob(), tensor.span().begin() + offset - skipped, rest));
  }
}
