package dev.germline.core.weights;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A few elements of a tensor, by which models are compared.
 *
 * @param tensor its name
 * @param dtype its type; {@link BitSimilarity#width} of it is not 0
 * @param tensorBytes how long it is: the counterpart must be as long
 * @param offset of the first byte in the tensor, a whole number of elements
 * @param length in bytes, a whole number of elements
 */
public record TensorSample(String tensor, String dtype, long tensorBytes, long offset, int length) {
  /** So many samples stand for a model. */
  public static final int MOST = 32;

  /** The longest sample, in bytes. */
  public static final int BYTES = 4096;

  /**
   * Samples of a model, spread evenly over its tensors of floats, each from a tensor's middle.
   * Matrices are preferred: vectors, such as the scales of norms, are alike in all models.
   *
   * @param tensors of the model, in the order of their bytes
   * @return at most {@link #MOST}; empty for a model without floats
   */
  public static List<TensorSample> of(List<TensorSpan> tensors) {
    List<TensorSpan> floats =
        tensors.stream()
            .filter(tensor -> BitSimilarity.width(tensor.dtype()) > 0 && tensor.bytes() > 0)
            .toList();
    List<TensorSpan> matrices =
        floats.stream().filter(tensor -> tensor.shape().size() > 1).toList();
    List<TensorSpan> from = matrices.isEmpty() ? floats : matrices;
    int count = Math.min(MOST, from.size());
    return IntStream.range(0, count)
        .mapToObj(i -> middle(from.get((int) ((long) i * from.size() / count))))
        .toList();
  }

  private static TensorSample middle(TensorSpan tensor) {
    int width = BitSimilarity.width(tensor.dtype());
    long spare = Math.max(0, tensor.bytes() - BYTES);
    return new TensorSample(
        tensor.name(),
        tensor.dtype(),
        tensor.bytes(),
        spare / 2 / width * width,
        (int) (Math.min(BYTES, tensor.bytes()) / width * width));
  }
}
