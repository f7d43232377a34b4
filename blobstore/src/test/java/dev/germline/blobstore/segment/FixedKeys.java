package dev.germline.blobstore.segment;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.weights.Tenant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.spec.SecretKeySpec;

/** A key for each tenant, for as long as the test runs. */
final class FixedKeys implements DataKeys {
  private final Map<Tenant, DataKey> byTenant = new ConcurrentHashMap<>();

  @Override
  public Optional<DataKey> forNewSegments(Tenant tenant) {
    return Optional.of(byTenant.computeIfAbsent(tenant, FixedKeys::fresh));
  }

  static DataKey fresh(Tenant tenant) {
    DataKeyId id = DataKeyId.random();
    byte[] secret = new byte[32];
    System.arraycopy(id.bytes(), 0, secret, 0, DataKeyId.BYTES);
    return new DataKey(id, tenant, new SecretKeySpec(secret, "AES"));
  }

  @Override
  public DataKey find(DataKeyId id) {
    return byTenant.values().stream()
        .filter(key -> key.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new GermlineException(Fault.KEY_UNAVAILABLE, "no key " + id));
  }
}
