package dev.germline.core.weights;

import dev.germline.core.GermlineException;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a file of a layer is and says of itself, in the few lines that go into the layer's record.
 *
 * @param metadata at most 64 entries of at most 1,024 printable characters
 */
public record FileSummary(FileFormat format, SortedMap<String, String> metadata) {
  private static final int MAX_ENTRIES = 64;
  private static final int MAX_KEY = 128;
  private static final int MAX_VALUE = 1024;

  public FileSummary {
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
  }

  /**
   * Recognises a file and reads its description; a safetensors, GGUF, ONNX or PEFT file is checked
   * by the rules of its format. Weights are not read.
   *
   * @param path the file's path in its layer: its ending counts, as do its first bytes
   * @throws GermlineException FILE_INVALID or LIMIT_EXCEEDED, naming the file, rule and value
   * @throws IOException if the source fails
   */
  public static FileSummary of(String path, ByteSource source) throws IOException {
    FileFormat format = FileFormat.recognise(path, source);
    var lines = new Lines();
    switch (format) {
      case SAFETENSORS -> safetensors(Safetensors.read(path, source), lines);
      case GGUF -> gguf(Gguf.read(path, source), lines);
      case ONNX -> onnx(Onnx.read(path, source), lines);
      case PEFT_CONFIG -> peft(PeftAdapter.read(path, source), lines);
      case PYTORCH_PICKLE ->
          lines.put(
              "warning", "loading this file runs code that it brings; convert it to safetensors");
      case JSON, OTHER -> {}
    }
    return new FileSummary(format, lines.entries);
  }

  private static void safetensors(Safetensors file, Lines lines) {
    lines.put("tensors", file.tensors().size());
    lines.put("parameters", file.parameters());
    lines.put("dtypes", dtypes(file.tensors().stream().map(TensorSpan::dtype)));
    file.metadata().forEach((key, value) -> lines.put("metadata." + key, value));
  }

  private static void gguf(Gguf file, Lines lines) {
    lines.put("version", file.version());
    lines.put("byteOrder", file.bigEndian() ? "big-endian" : "little-endian");
    lines.put("tensors", file.tensors().size());
    lines.put("dtypes", dtypes(file.tensors().stream().map(TensorSpan::dtype)));
    for (Map.Entry<String, Gguf.Value> entry : file.metadata().entrySet()) {
      if (entry.getKey().startsWith("general.")) {
        lines.put(entry.getKey(), entry.getValue().display());
      }
    }
  }

  private static void onnx(Onnx file, Lines lines) {
    lines.put("irVersion", file.irVersion());
    if (!file.producer().isEmpty()) {
      lines.put("producer", file.producer());
    }
    if (!file.graph().isEmpty()) {
      lines.put("graph", file.graph());
    }
    lines.put(
        "opsets",
        file.opsets().entrySet().stream()
            .map(opset -> opset.getKey() + " " + opset.getValue())
            .collect(Collectors.joining(", ")));
    lines.put("nodes", file.nodes());
    lines.put("tensors", file.initializers().size());
    lines.put("dtypes", dtypes(file.initializers().stream().map(i -> i.tensor().dtype())));
    long external = file.initializers().stream().filter(i -> i.external() != null).count();
    if (external > 0) {
      lines.put("externalTensors", external);
    }
    file.metadata().forEach((key, value) -> lines.put("metadata." + key, value));
  }

  private static void peft(PeftAdapter adapter, Lines lines) {
    lines.put("peftType", adapter.peftType());
    if (adapter.baseModel() != null) {
      lines.put("baseModel", adapter.baseModel());
      lines.put("baseIsLocalPath", Boolean.toString(adapter.baseIsLocalPath()));
    }
    if (adapter.revision() != null) {
      lines.put("revision", adapter.revision());
    }
    if (adapter.isLora()) {
      lines.put("rank", adapter.rank());
      lines.put("alpha", Double.toString(adapter.alpha()));
      lines.put("targetModules", String.join(", ", adapter.targetModules()));
    }
  }

  private static String dtypes(Stream<String> dtypes) {
    return String.join(", ", dtypes.collect(Collectors.toCollection(TreeSet::new)));
  }

  /** Takes the first 64 entries, cut to what a layer's record takes. */
  private static final class Lines {
    private final SortedMap<String, String> entries = new TreeMap<>();

    void put(String key, long value) {
      put(key, Long.toString(value));
    }

    void put(String key, String value) {
      String name = cut(FileFault.printable(key), MAX_KEY);
      if (entries.size() < MAX_ENTRIES && !entries.containsKey(name)) {
        entries.put(name, cut(FileFault.printable(value), MAX_VALUE));
      }
    }

    /** Cuts between code points, so that no half of a surrogate pair is left. */
    private static String cut(String text, int max) {
      if (text.length() <= max) {
        return text;
      }
      return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
    }
  }
}
