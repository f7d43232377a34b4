package dev.germline.blobstore.keys;

import dev.germline.blobstore.segment.DataKey;
import dev.germline.blobstore.segment.DataKeyId;
import dev.germline.core.GermlineException;
import dev.germline.core.weights.Tenant;

/**
 * Wraps data keys, by master keys of the configuration ({@link KeyRing}) or of a key management
 * service. Thread-safe.
 */
public interface MasterKeys {
  /**
   * The name of the master key that wraps from now on.
   *
   * @throws GermlineException KEY_UNAVAILABLE when there is none
   */
  String current();

  /**
   * Wraps a data key by the current master key, for its id and tenant and no others.
   *
   * @throws GermlineException KEY_UNAVAILABLE
   */
  Wrapping wrap(DataKey key);

  /**
   * The data key again.
   *
   * @throws GermlineException KEY_UNAVAILABLE when the master key is not at hand, or the wrapping
   *     was made for another id or tenant or has been changed
   */
  DataKey unwrap(DataKeyId id, Tenant tenant, Wrapping wrapping);
}
