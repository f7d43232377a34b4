package dev.germline.blobstore.keys;

import dev.germline.blobstore.segment.DataKey;
import dev.germline.blobstore.segment.DataKeyId;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.weights.Tenant;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.SecretKey;

/** A key management service: what it hands out is a ticket, and it can be away. */
final class FakeKms implements MasterKeys {
  private final Map<Wrapping, SecretKey> wrapped = new HashMap<>();
  String name = "kms-1";
  boolean away;

  @Override
  public String current() {
    return name;
  }

  @Override
  public Wrapping wrap(DataKey key) {
    answer();
    Wrapping ticket = new Wrapping(name, DataKeyId.random().bytes());
    wrapped.put(ticket, key.secret());
    return ticket;
  }

  @Override
  public DataKey unwrap(DataKeyId id, Tenant tenant, Wrapping wrapping) {
    answer();
    SecretKey secret = wrapped.get(wrapping);
    if (secret == null) {
      throw new GermlineException(Fault.KEY_UNAVAILABLE, "no such ticket");
    }
    return new DataKey(id, tenant, secret);
  }

  private void answer() {
    if (away) {
      throw new GermlineException(Fault.KEY_UNAVAILABLE, "the service does not answer");
    }
  }
}
