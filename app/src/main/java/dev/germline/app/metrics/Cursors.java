package dev.germline.app.metrics;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Where pages ended, as clients see it: opaque. */
final class Cursors {
  private Cursors() {}

  static MeasurementRows.@Nullable After measurements(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String[] parts = text.split("\\.", -1);
    try {
      if (parts.length == 3) {
        return new MeasurementRows.After(
            Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
      }
    } catch (NumberFormatException notOne) {
      // said below
    }
    throw invalid();
  }

  static UsageRows.@Nullable After sessions(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      String[] parts =
          new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", -1);
      if (parts.length == 3) {
        return new UsageRows.After(Long.parseLong(parts[0]), parts[1], parts[2]);
      }
    } catch (IllegalArgumentException notOne) {
      // said below
    }
    throw invalid();
  }

  /** Neither users nor sessions have blanks in their names. */
  static @Nullable String of(UsageRows.@Nullable After after) {
    return after == null
        ? null
        : Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                "%d %s %s"
                    .formatted(after.startedAt(), after.user(), after.session())
                    .getBytes(StandardCharsets.UTF_8));
  }

  private static GermlineException invalid() {
    return new GermlineException(
        Fault.INVALID_REQUEST, "cursor is the nextCursor of an earlier page, and not this one");
  }
}
