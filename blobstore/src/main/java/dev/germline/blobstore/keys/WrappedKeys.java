package dev.germline.blobstore.keys;

import dev.germline.blobstore.segment.DataKeyId;
import dev.germline.core.weights.Tenant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where data keys are stored. Implemented over the registry's database. Thread-safe. */
public interface WrappedKeys {
  /** The one made last for a tenant. */
  Optional<WrappedKey> newest(Tenant tenant);

  Optional<WrappedKey> find(DataKeyId id);

  /** Stores a new one. */
  void add(WrappedKey key);

  /**
   * Keys that another master key wrapped.
   *
   * @param masterKey those of this one are left out
   * @param after goes on after this id, in the order of the ids' bytes
   * @param most how many
   */
  List<WrappedKey> wrappedByOthers(String masterKey, Optional<DataKeyId> after, int most);

  /** Replaces a key's wrapping, if it is still the one given; false: it is another. */
  boolean rewrap(DataKeyId id, Wrapping from, Wrapping to);

  /** How many keys each master key wraps. */
  Map<String, Long> byMasterKey();
}
