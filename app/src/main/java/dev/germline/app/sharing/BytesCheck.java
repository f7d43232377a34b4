package dev.germline.app.sharing;

import dev.germline.app.blobs.Blobs;
import dev.germline.app.identity.Caller;
import dev.germline.app.layers.LayerDetail;
import dev.germline.app.layers.StoredTensor;
import dev.germline.app.layers.Tensors;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.LayerFile;
import dev.germline.core.layers.LayerJson;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.weights.FileFormat;
import dev.germline.core.weights.FiniteScan;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Checks of a layer's record and files. Reads them piece by piece: memory does not grow. */
final class BytesCheck {
  private static final int PIECE = 1 << 18;
  private static final int NAMED = 10;

  private final Blobs blobs;
  private final Tensors tensors;

  BytesCheck(Blobs blobs, Tensors tensors) {
    this.blobs = blobs;
    this.tensors = tensors;
  }

  /** The record is of the schema, canonical, and what its digest says. */
  Finding schema(LayerDetail layer) {
    byte[] record = layer.record();
    if (!Blake3.hash(record).equals(layer.row().digest())) {
      return Finding.failed("schema", "the record does not hash to " + layer.row().digest());
    }
    try {
      return Arrays.equals(LayerJson.canonical(LayerJson.parse(record)), record)
          ? Finding.passed("schema", "a canonical record of " + LayerJson.SCHEMA)
          : Finding.failed("schema", "the record is not in its canonical form");
    } catch (GermlineException unfit) {
      return Finding.failed("schema", unfit.detail());
    }
  }

  /** Every file is there, whole, and what its three digests say. */
  Finding hashes(LayerDetail layer) {
    List<LayerFile> files = layer.layer().manifest().files();
    List<String> wrong = new ArrayList<>();
    for (LayerFile file : files) {
      blobs.problem(file.blake3()).ifPresent(why -> wrong.add(file.path() + ": " + why));
    }
    return wrong.isEmpty()
        ? Finding.passed("hashes", files.size() + " files read to their end")
        : Finding.failed("hashes", some(wrong));
  }

  /** Files of formats with tensors have tensors; no file runs code when it is loaded. */
  Finding formats(Caller caller, LayerDetail layer) {
    Set<String> withTensors =
        tensors.list(caller, layer.row().name(), null).stream()
            .map(StoredTensor::file)
            .collect(Collectors.toSet());
    List<String> wrong = new ArrayList<>();
    for (LayerFile file : layer.layer().manifest().files()) {
      switch (file.format()) {
        case SAFETENSORS, GGUF -> {
          if (!withTensors.contains(file.path().value())) {
            wrong.add(file.path() + ": a " + file.format() + " file without tensors");
          }
        }
        case PYTORCH_PICKLE -> wrong.add(file.path() + ": loading a pickle runs its code");
        case ONNX, PEFT_CONFIG, JSON, OTHER -> {}
      }
    }
    return wrong.isEmpty()
        ? Finding.passed("formats", "each file is what its format demands")
        : Finding.failed("formats", some(wrong));
  }

  /** No number of any tensor is NaN or infinite. */
  Finding finite(Caller caller, LayerDetail layer) {
    List<String> wrong = new ArrayList<>();
    Set<String> unread = new TreeSet<>();
    long numbers = 0;
    for (StoredTensor tensor : tensors.list(caller, layer.row().name(), null)) {
      Optional<FiniteScan> scan = scan(tensor);
      if (scan.isEmpty()) {
        unread.add(tensor.span().dtype());
      } else {
        numbers++;
        long bad = count(tensor, scan.get());
        if (bad > 0) {
          wrong.add("%s: %d numbers are NaN or infinite".formatted(tensor.span().name(), bad));
        }
      }
    }
    if (!wrong.isEmpty()) {
      return Finding.failed("finite", some(wrong));
    }
    return unread.isEmpty()
        ? Finding.passed("finite", numbers + " tensors read")
        : Finding.notChecked(
            "finite",
            "%d tensors are finite; those of type %s are not read"
                .formatted(numbers, String.join(", ", unread)));
  }

  private Optional<FiniteScan> scan(StoredTensor tensor) {
    return tensor.format() == FileFormat.GGUF && tensors.highByteFirst(tensor)
        ? Optional.empty()
        : FiniteScan.of(tensor.span().dtype());
  }

  private long count(StoredTensor tensor, FiniteScan scan) {
    byte[] piece = new byte[PIECE];
    try (InputStream bytes = tensors.open(tensor)) {
      for (int n = bytes.read(piece); n >= 0; n = bytes.read(piece)) {
        scan.update(piece, 0, n);
      }
      return scan.notFinite();
    } catch (IOException broken) {
      throw new GermlineException(
          Fault.STORE_UNAVAILABLE, tensor.file() + " cannot be read now; try again", broken);
    }
  }

  private static String some(List<String> wrong) {
    int more = wrong.size() - NAMED;
    return String.join("; ", wrong.subList(0, Math.min(NAMED, wrong.size())))
        + (more > 0 ? "; and " + more + " more" : "");
  }
}
