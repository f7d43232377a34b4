package dev.germline.core.weights;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One reading of one GGUF file. */
final class GgufReader {
  private static final int MAGIC = 0x46554747; // "GGUF", little-endian
  private static final int MAX_KEY = 65_535; // docs/gguf.md
  private static final int MAX_TEXT = 1 << 20;
  private static final int MAX_DIMENSIONS = 4; // GGML_MAX_DIMS
  private static final int DEFAULT_ALIGNMENT = 32;
  private static final long MAX_ALIGNMENT = 1 << 20;

  /** Length-prefixed text, then at least its type and one byte of value. */
  private static final int LEAST_ENTRY = 8 + 4 + 1;

  /** Length-prefixed name, number of dimensions, type, offset. */
  private static final int LEAST_TENSOR = 8 + 4 + 4 + 8;

  private final FileFault fault;
  private final ByteSource source;
  private final Cursor cursor;
  private long metadataBytes;

  GgufReader(FileFault fault, ByteSource source) {
    this.fault = fault;
    this.source = source;
    this.cursor = new Cursor(source, fault, 0, source.size());
  }

  Gguf read() throws IOException {
    if (cursor.i32("the magic") != MAGIC) {
      throw fault.invalid("it does not begin with 'GGUF'");
    }
    int version = cursor.i32("the version");
    boolean bigEndian = (version & 0xffff) == 0 && version != 0;
    if (bigEndian) {
      version = Integer.reverseBytes(version);
      cursor.order(ByteOrder.BIG_ENDIAN);
    }
    if (version != 2 && version != 3) {
      throw fault.invalid(
          "it has version " + Integer.toUnsignedString(version) + "; versions 2 and 3 are read");
    }
    long tensorCount =
        bounded(cursor.count("the number of tensors"), "tensors", Limits.TENSORS, LEAST_TENSOR);
    long entryCount =
        bounded(
            cursor.count("the number of key-values"),
            "key-values",
            Limits.METADATA_ENTRIES,
            LEAST_ENTRY);
    SortedMap<String, Gguf.Value> metadata = new TreeMap<>();
    for (long i = 0; i < entryCount; i++) {
      entry(metadata);
    }
    long alignment = alignment(metadata);
    var infos = new ArrayList<Description>();
    var names = new HashSet<String>();
    for (long i = 0; i < tensorCount; i++) {
      Description info = info();
      if (!names.add(info.name)) {
        throw fault.invalid("tensor " + FileFault.show(info.name) + " is described twice");
      }
      infos.add(info);
    }
    return new Gguf(version, bigEndian, alignment, metadata, spans(infos, alignment));
  }

  private long bounded(long count, String what, int most, int leastBytes) {
    if (count > most) {
      throw fault.tooMuch(what, count, most);
    }
    if (count * leastBytes > cursor.remaining()) {
      throw fault.invalid(
          "it states "
              + count
              + " "
              + what
              + ", for which "
              + cursor.remaining()
              + " bytes remain");
    }
    return count;
  }

  private void entry(SortedMap<String, Gguf.Value> metadata) throws IOException {
    String key = text("a key", MAX_KEY);
    String what = "the value of " + FileFault.show(key);
    Gguf.Value value = value(what, cursor.i32(what));
    if (metadata.put(key, value) != null) {
      throw fault.invalid("the key " + FileFault.show(key) + " is given twice");
    }
  }

  private Gguf.Value value(String what, int type) throws IOException {
    return switch (type) {
      case 0 -> new Gguf.Value.Whole(cursor.u8(what));
      case 1 -> new Gguf.Value.Whole((byte) cursor.u8(what));
      case 2 -> new Gguf.Value.Whole(Short.toUnsignedLong(cursor.i16(what)));
      case 3 -> new Gguf.Value.Whole(cursor.i16(what));
      case 4 -> new Gguf.Value.Whole(Integer.toUnsignedLong(cursor.i32(what)));
      case 5 -> new Gguf.Value.Whole(cursor.i32(what));
      case 6 -> new Gguf.Value.Decimal(Float.intBitsToFloat(cursor.i32(what)));
      case 7 -> new Gguf.Value.Flag(flag(what));
      case 8 -> new Gguf.Value.Text(text(what, MAX_TEXT));
      case 9 -> array(what);
      case 10 -> new Gguf.Value.Whole(cursor.count(what));
      case 11 -> new Gguf.Value.Whole(cursor.i64(what));
      case 12 -> new Gguf.Value.Decimal(Double.longBitsToDouble(cursor.i64(what)));
      default -> throw unknownType(what, type);
    };
  }

  private boolean flag(String what) throws IOException {
    int value = cursor.u8(what);
    if (value > 1) {
      throw fault.invalid(what + " is the bool " + value + "; it must be 0 or 1");
    }
    return value == 1;
  }

  private Gguf.Value array(String what) throws IOException {
    int type = cursor.i32(what);
    long length = cursor.count(what);
    int width = width(what, type);
    if (length > cursor.remaining() / width) {
      throw fault.invalid(
          what
              + " is an array of "
              + length
              + ", for which "
              + cursor.remaining()
              + " bytes remain");
    }
    if (type == 8) {
      for (long i = 0; i < length; i++) {
        cursor.skip(cursor.count(what), what);
      }
    } else {
      cursor.skip(length * width, what);
    }
    return new Gguf.Value.Array(TYPES.get(type), length);
  }

  private static final List<String> TYPES =
      List.of(
          "u8", "i8", "u16", "i16", "u32", "i32", "f32", "bool", "string", "array", "u64", "i64",
          "f64");

  /** Bytes of one element; of a string its length field, the least it takes. */
  private int width(String what, int type) {
    return switch (type) {
      case 0, 1, 7 -> 1;
      case 2, 3 -> 2;
      case 4, 5, 6 -> 4;
      case 8, 10, 11, 12 -> 8;
      default -> throw unknownType(what, type);
    };
  }

  private RuntimeException unknownType(String what, int type) {
    return fault.invalid(
        what + " has the type " + Integer.toUnsignedString(type) + ", unknown here");
  }

  private String text(String what, int max) throws IOException {
    long length = cursor.count(what);
    metadataBytes += Math.min(length, max);
    if (metadataBytes > Limits.METADATA_BYTES) {
      throw fault.tooMuch("bytes of names and texts", metadataBytes, Limits.METADATA_BYTES);
    }
    return cursor.text(length, max, what);
  }

  private long alignment(SortedMap<String, Gguf.Value> metadata) {
    Gguf.Value stated = metadata.get("general.alignment");
    if (stated == null) {
      return DEFAULT_ALIGNMENT;
    }
    if (stated instanceof Gguf.Value.Whole(long value)
        && value > 0
        && value <= MAX_ALIGNMENT
        && Long.bitCount(value) == 1) {
      return value;
    }
    throw fault.invalid(
        "general.alignment is "
            + FileFault.show(stated.display())
            + "; it must be a power of 2 up to "
            + MAX_ALIGNMENT);
  }

  private Description info() throws IOException {
    String name = text("a tensor's name", Limits.NAME_BYTES);
    String what = "tensor " + FileFault.show(name);
    int dimensions = cursor.i32(what);
    if (dimensions < 0 || dimensions > MAX_DIMENSIONS) {
      throw fault.invalid(
          what
              + " has "
              + Integer.toUnsignedString(dimensions)
              + " dimensions; at most "
              + MAX_DIMENSIONS
              + " are allowed");
    }
    var shape = new ArrayList<Long>(dimensions);
    for (int i = 0; i < dimensions; i++) {
      shape.add(cursor.count(what + ": a dimension"));
    }
    int type = cursor.i32(what);
    return new Description(name, List.copyOf(shape), type, cursor.count(what + ": its offset"));
  }

  private record Description(String name, List<Long> shape, int type, long offset) {
    String what() {
      return "tensor " + FileFault.show(name);
    }
  }

  /** Offsets to places: each tensor begins where the one before it ends, padded. */
  private List<TensorSpan> spans(List<Description> infos, long alignment) {
    long dataStart = (cursor.position() + alignment - 1) / alignment * alignment;
    long available = Math.max(0, source.size() - dataStart);
    var spans = new ArrayList<TensorSpan>(infos.size());
    long expected = 0; // -1 after a tensor whose length is not known
    for (int i = 0; i < infos.size(); i++) {
      Description info = infos.get(i);
      if (info.offset % alignment != 0 || (expected >= 0 && info.offset != expected)) {
        throw fault.invalid(
            info.what()
                + " begins at data byte "
                + info.offset
                + (expected < 0
                    ? ", which is not a multiple of " + alignment
                    : "; by the ones before it, it must be " + expected));
      }
      @Nullable GgmlType type = GgmlType.numbered(info.type);
      long end =
          type != null
              ? sum(info.offset, bytes(info, type))
              : i + 1 < infos.size() ? infos.get(i + 1).offset : available;
      if (end < info.offset || end > available) {
        throw fault.invalid(
            info.what()
                + " spans data bytes "
                + info.offset
                + " to "
                + end
                + ", but the data is "
                + available
                + " bytes long");
      }
      String dtype = type != null ? type.name() : "ggml-" + Integer.toUnsignedString(info.type);
      spans.add(
          new TensorSpan(info.name, dtype, info.shape, dataStart + info.offset, dataStart + end));
      expected = type == null ? -1 : (end + alignment - 1) / alignment * alignment;
    }
    return spans;
  }

  private static long sum(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }

  private long bytes(Description info, GgmlType type) {
    if (!info.shape.isEmpty() && info.shape.getFirst() % type.blockElements() != 0) {
      throw fault.invalid(
          info.what()
              + " of "
              + type
              + " has rows of "
              + info.shape.getFirst()
              + "; they must be a multiple of "
              + type.blockElements());
    }
    try {
      long elements = 1;
      for (long dimension : info.shape) {
        elements = Math.multiplyExact(elements, dimension);
      }
      return Math.multiplyExact(
          Math.ceilDiv(elements, type.blockElements()), (long) type.blockBytes());
    } catch (ArithmeticException overflow) {
      throw fault.invalid(
          info.what() + " of " + type + " " + info.shape + " overflows 2^63 bytes", overflow);
    }
  }
}
