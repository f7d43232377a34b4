package dev.germline.core.weights;

import dev.germline.core.GermlineException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The header of a safetensors file, valid by every rule of addendum §4: it is at most 100,000,000
 * bytes of one JSON object without duplicate keys (spaces may follow it), every dtype is known, no
 * size overflows, and the tensors cover the data from its first byte to the file's last without gap
 * or overlap. Tensors without elements and scalars are fine.
 *
 * @param headerBytes length of the JSON, padding included
 * @param metadata the header's {@code __metadata__}
 * @param tensors in the order of their data
 */
public record Safetensors(
    long headerBytes, SortedMap<String, String> metadata, List<TensorSpan> tensors) {
  /** Longest header, in bytes. */
  public static final long MAX_HEADER = 100_000_000;

  private static final int PREFIX = 8;

  public Safetensors {
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    tensors = List.copyOf(tensors);
  }

  /** Where the data begins, from the start of the file. */
  public long dataStart() {
    return PREFIX + headerBytes;
  }

  /** Elements of all tensors together. */
  public long parameters() {
    return tensors.stream().mapToLong(Safetensors::elements).sum();
  }

  private static long elements(TensorSpan tensor) {
    return tensor.shape().stream().reduce(1L, (a, b) -> a * b);
  }

  /**
   * Reads and checks a header; the data is not read.
   *
   * @param file the name to use in messages
   * @throws GermlineException FILE_INVALID naming the rule and the value, LIMIT_EXCEEDED beyond
   *     131,072 tensors, 64 dimensions or 16 MiB of metadata or names
   * @throws IOException if the source fails
   */
  public static Safetensors read(String file, ByteSource source) throws IOException {
    var fault = new FileFault(file, FileFormat.SAFETENSORS);
    long size = source.size();
    if (size < PREFIX) {
      throw fault.invalid("it is " + size + " bytes long; the header's length alone takes 8");
    }
    var prefix = new Cursor(source, fault, 0, PREFIX);
    prefix.order(ByteOrder.LITTLE_ENDIAN);
    long header = prefix.i64("the header's length");
    if (Long.compareUnsigned(header, MAX_HEADER) > 0) {
      throw fault.invalid(
          "the header is "
              + Long.toUnsignedString(header)
              + " bytes long; at most "
              + MAX_HEADER
              + " are allowed");
    }
    if (header > size - PREFIX) {
      throw fault.invalid(
          "the header is " + header + " bytes long, but the file ends after " + (size - PREFIX));
    }
    return new SafetensorsReader(fault, PREFIX + header, size)
        .read(new Cursor(source, fault, PREFIX, PREFIX + header));
  }
}
