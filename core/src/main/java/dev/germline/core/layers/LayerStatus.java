package dev.germline.core.layers;

import java.util.Locale;

/** Whether a published layer is to be used, by its last standing {@link Statement.StatusChange}. */
public enum LayerStatus {
  /** It may be used; the status of a layer of which nothing else was said. */
  ACTIVE,
  /** It should not be chosen any more; who pinned it keeps it. */
  YANKED,
  /** It must not be used any more, pinned or not. */
  REVOKED;

  /** The name used in JSON and MySQL, such as {@code yanked}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
