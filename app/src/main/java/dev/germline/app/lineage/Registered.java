package dev.germline.app.lineage;

import dev.germline.core.substrate.Digest;
import java.time.Instant;

/**
 * What the registry says of a layer that the graph shows.
 *
 * @param status active, or what became of it
 */
record Registered(Digest digest, String creator, Instant createdAt, String status) {
  /** Status of a layer in good standing. */
  static final String ACTIVE = "active";

  /** Status of a digest that the registry does not know. */
  static final String UNKNOWN = "unknown";
}
