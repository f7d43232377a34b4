package dev.germline.core.compatibility;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import org.jspecify.annotations.Nullable;

/**
 * What there is to run a combination on; what is absent is not looked at.
 *
 * @param memoryMb main or accelerator memory, in 10^6 bytes
 * @param storageBytes on disk
 * @param accelerator the kind of device, such as {@code cuda}
 */
public record Limits(
    @Nullable Long memoryMb, @Nullable Long storageBytes, @Nullable String accelerator) {
  /** Nothing is looked at. */
  public static final Limits NONE = new Limits(null, null, null);

  public Limits {
    positive("limits.memoryMb", memoryMb);
    positive("limits.storageBytes", storageBytes);
  }

  private static void positive(String field, @Nullable Long value) {
    if (value != null && value < 0) {
      throw new GermlineException(
          Fault.INVALID_REQUEST, field + " is " + value + "; give a whole number from 0");
    }
  }
}
