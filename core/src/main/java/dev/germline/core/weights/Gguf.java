package dev.germline.core.weights;

import dev.germline.core.GermlineException;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The description of a GGUF file, version 2 or 3, little- or big-endian (ggml docs/gguf.md).
 *
 * @param alignment of every tensor's data, in bytes
 * @param metadata key-values; of arrays the element type and length only
 * @param tensors in file order, which is the order of their data; a type that is not known here is
 *     named {@code ggml-NUMBER} and reaches to the next tensor
 */
public record Gguf(
    int version,
    boolean bigEndian,
    long alignment,
    SortedMap<String, Value> metadata,
    List<TensorSpan> tensors) {

  public Gguf {
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    tensors = List.copyOf(tensors);
  }

  /** A metadata value. */
  public sealed interface Value {
    /** The value in one line; an array as its type and length. */
    String display();

    /** A whole number; 64-bit unsigned ones beyond 2^63-1 are refused. */
    record Whole(long value) implements Value {
      @Override
      public String display() {
        return Long.toString(value);
      }
    }

    /** A floating-point number, which may be NaN or infinite. */
    record Decimal(double value) implements Value {
      @Override
      public String display() {
        return Double.toString(value);
      }
    }

    /** True or false. */
    record Flag(boolean value) implements Value {
      @Override
      public String display() {
        return Boolean.toString(value);
      }
    }

    /** A text of at most 1 MiB. */
    record Text(String value) implements Value {
      @Override
      public String display() {
        return value;
      }
    }

    /** An array, whose elements are passed over. */
    record Array(String elementType, long length) implements Value {
      @Override
      public String display() {
        return elementType + "[" + length + "]";
      }
    }
  }

  /**
   * Reads and checks the description; the data is not read.
   *
   * @param file the name to use in messages
   * @throws GermlineException FILE_INVALID naming the rule and the value, LIMIT_EXCEEDED beyond
   *     262,144 tensors, 65,536 key-values or 16 MiB of metadata texts
   * @throws IOException if the source fails
   */
  public static Gguf read(String file, ByteSource source) throws IOException {
    return new GgufReader(new FileFault(file, FileFormat.GGUF), source).read();
  }
}
