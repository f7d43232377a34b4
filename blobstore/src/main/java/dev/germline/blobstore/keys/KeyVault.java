package dev.germline.blobstore.keys;

import dev.germline.blobstore.segment.DataKey;
import dev.germline.blobstore.segment.DataKeyId;
import dev.germline.blobstore.segment.DataKeys;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.weights.Tenant;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Data keys out of the database, unwrapped and held in memory, the last thousand used. A tenant
 * gets a new one when its newest is too old; the old ones go on opening what they encrypted.
 * Thread-safe.
 */
public final class KeyVault implements DataKeys {
  private static final int HELD = 1024;
  private static final int KEY = 32;

  private final WrappedKeys stored;
  private final MasterKeys master;
  private final Optional<Duration> lifetime;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Recent<DataKeyId, DataKey> unwrapped = new Recent<>();
  private final Recent<Tenant, Newest> newest = new Recent<>();
  private final ReentrantLock choosing = new ReentrantLock();

  private record Newest(DataKey key, Instant until) {}

  /**
   * A vault.
   *
   * @param lifetime how long a tenant's key encrypts new segments; empty: they are not encrypted
   */
  public KeyVault(WrappedKeys stored, MasterKeys master, Optional<Duration> lifetime, Clock clock) {
    this.stored = stored;
    this.master = master;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  @Override
  public Optional<DataKey> forNewSegments(Tenant tenant) {
    return lifetime.map(lasts -> {
      DataKey held = held(tenant);
      if (held != null) {
        return held;
      }
      choosing.lock();
      try {
        DataKey chosen = held(tenant);
        return chosen == null ? choose(tenant, lasts) : chosen;
      } finally {
        choosing.unlock();
      }
    });
  }

  private @Nullable DataKey held(Tenant tenant) {
    Newest held = newest.get(tenant);
    return held != null && clock.instant().isBefore(held.until()) ? held.key() : null;
  }

  /** Another process may make one at the same time: then a tenant has two, and both are good. */
  private DataKey choose(Tenant tenant, Duration lasts) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Optional<WrappedKey> last =
        stored.newest(tenant).filter(key -> now.isBefore(key.createdAt().plus(lasts)));
    DataKey key = last.map(this::unwrap).orElseGet(() -> make(tenant, now));
    Instant made = last.map(WrappedKey::createdAt).orElse(now);
    newest.put(tenant, new Newest(key, made.plus(lasts)));
    return key;
  }

  private DataKey make(Tenant tenant, Instant now) {
    byte[] secret = new byte[KEY];
    random.nextBytes(secret);
    DataKey key = new DataKey(DataKeyId.random(), tenant, new SecretKeySpec(secret, "AES"));
    stored.add(new WrappedKey(key.id(), tenant, master.wrap(key), now));
    unwrapped.put(key.id(), key);
    return key;
  }

  @Override
  public DataKey find(DataKeyId id) {
    DataKey held = unwrapped.get(id);
    return held != null
        ? held
        : unwrap(
            stored
                .find(id)
                .orElseThrow(() ->
                    new GermlineException(
                        Fault.KEY_UNAVAILABLE, "there is no data key " + id + " in the registry")));
  }

  private DataKey unwrap(WrappedKey key) {
    DataKey opened = master.unwrap(key.id(), key.tenant(), key.wrapping());
    unwrapped.put(key.id(), opened);
    return opened;
  }

  /** What was used lately. */
  private static final class Recent<K, V> {
    private final Map<K, V> map =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > HELD;
          }
        };

    synchronized @Nullable V get(K key) {
      return map.get(key);
    }

    synchronized void put(K key, V value) {
      map.put(key, value);
    }
  }
}
