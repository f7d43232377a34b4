package dev.germline.blobstore.segment;

import dev.germline.core.weights.Tenant;
import javax.crypto.SecretKey;

/**
 * A key that segments of one tenant are encrypted under, each with a key derived from it.
 *
 * @param id names it
 * @param tenant whose segments
 * @param secret 256 random bits
 */
public record DataKey(DataKeyId id, Tenant tenant, SecretKey secret) {
  /** Shows no secret. */
  @Override
  public String toString() {
    return "DataKey[" + id + " of " + tenant + "]";
  }
}
