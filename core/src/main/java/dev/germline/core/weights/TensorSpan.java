package dev.germline.core.weights;

import java.util.List;

/**
 * A tensor and where its bytes lie in its file.
 *
 * @param name as the file has it, at most 4,096 characters
 * @param dtype the element type by the format's own name, such as {@code BF16} or {@code Q4_K}
 * @param shape dimensions in the order the format states them; empty for a scalar
 * @param begin first byte, from the start of the file
 * @param end one past the last byte; equal to {@code begin} for a tensor without elements
 */
public record TensorSpan(String name, String dtype, List<Long> shape, long begin, long end) {
  public TensorSpan {
    shape = List.copyOf(shape);
  }

  /** Length in bytes. */
  public long bytes() {
    return end - begin;
  }
}
