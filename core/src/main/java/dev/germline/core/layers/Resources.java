package dev.germline.core.layers;

import org.jspecify.annotations.Nullable;

/**
 * What it takes to run a layer; every figure is optional and at most 2^53-1.
 *
 * @param memoryMb main or accelerator memory, in 10^6 bytes
 * @param computeFlops floating-point operations for one inference
 * @param storageBytes on disk
 * @param accelerator the kind of device it was made for, such as {@code cuda}
 */
public record Resources(
    @Nullable Long memoryMb,
    @Nullable Long computeFlops,
    @Nullable Long storageBytes,
    @Nullable String accelerator) {
  public Resources {
    Check.optionalCount("memoryMb", memoryMb);
    Check.optionalCount("computeFlops", computeFlops);
    Check.optionalCount("storageBytes", storageBytes);
    accelerator = accelerator == null ? null : Check.token("accelerator", accelerator);
  }
}
