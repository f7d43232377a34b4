package dev.germline.blobstore.segment;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.weights.Tenant;
import java.util.Optional;

/** The data keys of all tenants. Implemented over the registry's database. Thread-safe. */
public interface DataKeys {
  /**
   * The key for a tenant's new segments; empty: they are not encrypted.
   *
   * @throws GermlineException STORE_UNAVAILABLE
   */
  Optional<DataKey> forNewSegments(Tenant tenant);

  /**
   * A key that segments were encrypted under, be encryption on or off now.
   *
   * @throws GermlineException KEY_UNAVAILABLE when there is none of that id, or its master key is
   *     not configured; STORE_UNAVAILABLE
   */
  DataKey find(DataKeyId id);

  /** For stores without encryption. */
  static DataKeys none() {
    return new DataKeys() {
      @Override
      public Optional<DataKey> forNewSegments(Tenant tenant) {
        return Optional.empty();
      }

      @Override
      public DataKey find(DataKeyId id) {
        throw new GermlineException(
            Fault.KEY_UNAVAILABLE, "there is no data key " + id + "; encryption is off");
      }
    };
  }
}
