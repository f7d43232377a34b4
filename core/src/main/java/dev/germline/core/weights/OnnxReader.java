package dev.germline.core.weights;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One reading of one ONNX file; field numbers are those of onnx.proto3. */
final class OnnxReader {
  private static final int MAX_TEXT = 1 << 20;

  private final FileFault fault;
  private final Cursor cursor;
  private final Consumer<TensorSpan> found;
  private final SortedMap<String, Long> opsets = new TreeMap<>();
  private final SortedMap<String, String> metadata = new TreeMap<>();
  private final List<Onnx.Initializer> initializers = new ArrayList<>();
  private long texts;
  private long irVersion;
  private String producer = "";
  private String producerVersion = "";
  private @Nullable String graph;
  private long nodes;

  OnnxReader(FileFault fault, ByteSource source, Consumer<TensorSpan> found) {
    this.fault = fault;
    this.found = found;
    this.cursor = new Cursor(source, fault, 0, source.size());
  }

  Onnx read() throws IOException {
    var model = new ProtoMessage(cursor, fault, "ModelProto", cursor.remaining());
    while (model.next()) {
      switch (model.field()) {
        case 1 -> irVersion = model.varint();
        case 2 -> producer = text(model);
        case 3 -> producerVersion = text(model);
        case 7 -> graph(model.message("GraphProto"));
        case 8 -> opset(model.message("OperatorSetIdProto"));
        case 14 -> pair(model.message("metadata_props"), metadata);
        default -> {} // passed over
      }
    }
    if (irVersion <= 0) {
      throw fault.invalid("ir_version is " + irVersion + "; a model states one above 0");
    }
    if (graph == null) {
      throw fault.invalid("it has no graph");
    }
    return new Onnx(
        irVersion,
        (producer + " " + producerVersion).strip(),
        Collections.unmodifiableSortedMap(opsets),
        graph,
        nodes,
        initializers,
        Collections.unmodifiableSortedMap(metadata));
  }

  private String text(ProtoMessage message) throws IOException {
    String text = message.text(MAX_TEXT);
    texts += text.length();
    if (texts > Limits.METADATA_BYTES) {
      throw fault.tooMuch("characters of names and texts", texts, Limits.METADATA_BYTES);
    }
    return text;
  }

  private void opset(ProtoMessage opset) throws IOException {
    String domain = "";
    long version = 0;
    while (opset.next()) {
      switch (opset.field()) {
        case 1 -> domain = text(opset);
        case 2 -> version = opset.varint();
        default -> {} // passed over
      }
    }
    put(opsets, domain.isEmpty() ? "ai.onnx" : domain, version);
  }

  private void pair(ProtoMessage pair, SortedMap<String, String> into) throws IOException {
    String key = "";
    String value = "";
    while (pair.next()) {
      switch (pair.field()) {
        case 1 -> key = text(pair);
        case 2 -> value = text(pair);
        default -> {} // passed over
      }
    }
    put(into, key, value);
  }

  private <T> void put(SortedMap<String, T> into, String key, T value) {
    into.put(key, value);
    if (into.size() > Limits.METADATA_ENTRIES) {
      throw fault.tooMuch("metadata entries", into.size(), Limits.METADATA_ENTRIES);
    }
  }

  private void graph(ProtoMessage message) throws IOException {
    if (graph != null) {
      throw fault.invalid("it has more than one graph");
    }
    String name = "";
    while (message.next()) {
      switch (message.field()) {
        case 1 -> nodes++;
        case 2 -> name = text(message);
        case 5 -> initializer(message.message("TensorProto"));
        default -> {} // passed over
      }
    }
    graph = name;
  }

  private void initializer(ProtoMessage tensor) throws IOException {
    if (initializers.size() == Limits.TENSORS) {
      throw fault.tooMuch("initializers", initializers.size() + 1L, Limits.TENSORS);
    }
    String name = "";
    long number = 0;
    long location = 0;
    long begin = -1;
    long end = -1;
    var shape = new ArrayList<Long>(4);
    var external = new TreeMap<String, String>();
    while (tensor.next()) {
      switch (tensor.field()) {
        case 1 -> dimensions(tensor, shape);
        case 2 -> number = tensor.varint();
        case 8 -> name = text(tensor);
        case 9 -> {
          long length = tensor.length();
          begin = cursor.position();
          end = begin + length;
          tell(name, number, shape, begin, end);
          cursor.skip(length, "raw_data");
        }
        case 13 -> pair(tensor.message("external_data"), external);
        case 14 -> location = tensor.varint();
        default -> {} // typed data and what is not known here are passed over
      }
    }
    String what = "initializer " + FileFault.show(name);
    @Nullable OnnxType type = OnnxType.numbered(number);
    if (type == null || type == OnnxType.UNDEFINED) {
      throw fault.invalid(what + " has the unknown data_type " + Long.toUnsignedString(number));
    }
    long bytes = bytes(what, type, shape);
    if (begin >= 0 && location == 0 && (type.bits() == 0 || end - begin != bytes)) {
      throw fault.invalid(
          what
              + " of "
              + type
              + " "
              + shape
              + " takes "
              + bytes
              + " bytes, but its raw_data has "
              + (end - begin));
    }
    boolean raw = begin >= 0 && location == 0;
    initializers.add(
        new Onnx.Initializer(
            new TensorSpan(name, type.name(), shape, raw ? begin : 0, raw ? end : 0),
            location == 0 ? null : external(what, external)));
  }

  /** Writers state fields in the order of their numbers, so the name is known before the bytes. */
  private void tell(String name, long number, List<Long> shape, long begin, long end) {
    @Nullable OnnxType type = OnnxType.numbered(number);
    if (type != null && type.bits() > 0) {
      found.accept(new TensorSpan(name, type.name(), shape, begin, end));
    }
  }

  private void dimensions(ProtoMessage tensor, List<Long> shape) throws IOException {
    if (tensor.is(ProtoMessage.VARINT)) {
      dimension(tensor.varint(), shape);
      return;
    }
    ProtoMessage packed = tensor.message("dims");
    while (packed.more()) {
      dimension(packed.raw(), shape);
    }
  }

  private void dimension(long value, List<Long> shape) {
    if (value < 0) {
      throw fault.invalid("an initializer has the dimension " + value + "; it must be from 0 on");
    }
    if (shape.size() == Limits.DIMENSIONS) {
      throw fault.tooMuch("dimensions of one tensor", shape.size() + 1L, Limits.DIMENSIONS);
    }
    shape.add(value);
  }

  private long bytes(String what, OnnxType type, List<Long> shape) {
    try {
      long elements = 1;
      for (long dimension : shape) {
        elements = Math.multiplyExact(elements, dimension);
      }
      return Math.ceilDiv(Math.multiplyExact(elements, (long) type.bits()), 8);
    } catch (ArithmeticException overflow) {
      throw fault.invalid(what + " of " + type + " " + shape + " overflows 2^63 bits", overflow);
    }
  }

  /** A location that leaves the model's folder is how a model reads its loader's secrets. */
  private Onnx.External external(String what, SortedMap<String, String> pairs) {
    String location = pairs.getOrDefault("location", "");
    boolean leaves =
        location.isEmpty()
            || location.startsWith("/")
            || location.indexOf('\\') >= 0
            || location.indexOf(':') >= 0
            || location.chars().anyMatch(Character::isISOControl)
            || List.of(location.split("/", -1)).contains("..");
    if (leaves) {
      throw fault.invalid(
          what
              + " has the external location "
              + FileFault.show(location)
              + "; it must be a path inside the model's folder");
    }
    return new Onnx.External(
        location,
        number(what + ": external offset", pairs.getOrDefault("offset", "0")),
        pairs.containsKey("length")
            ? number(what + ": external length", pairs.getOrDefault("length", ""))
            : -1);
  }

  private long number(String what, String digits) {
    if (!digits.matches("[0-9]{1,18}")) {
      throw fault.invalid(what + " is " + FileFault.show(digits) + ", not a whole number");
    }
    return Long.parseLong(digits);
  }
}
