package dev.germline.blobstore.keys;

import dev.germline.blobstore.segment.DataKeyId;
import dev.germline.core.weights.Tenant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Data keys in memory; counts what is asked, and breaks when told to. */
final class FakeKeys implements WrappedKeys {
  private final Map<String, WrappedKey> byId = new TreeMap<>();
  int lookups;
  int rewrapsUntilKilled = Integer.MAX_VALUE;

  /** What a killed process sees last. */
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public Optional<WrappedKey> newest(Tenant tenant) {
    lookups++;
    return byId.values().stream()
        .filter(key -> key.tenant().equals(tenant))
        .max(Comparator.comparing(WrappedKey::createdAt));
  }

  @Override
  public Optional<WrappedKey> find(DataKeyId id) {
    lookups++;
    return Optional.ofNullable(byId.get(id.toString()));
  }

  @Override
  public void add(WrappedKey key) {
    byId.put(key.id().toString(), key);
  }

  @Override
  public List<WrappedKey> wrappedByOthers(String masterKey, Optional<DataKeyId> after, int most) {
    return byId.values().stream()
        .filter(key -> !key.wrapping().masterKey().equals(masterKey))
        .filter(key -> after.isEmpty() || key.id().toString().compareTo(after.get().toString()) > 0)
        .limit(most)
        .toList();
  }

  @Override
  public boolean rewrap(DataKeyId id, Wrapping from, Wrapping to) {
    if (rewrapsUntilKilled-- == 0) {
      throw new Killed();
    }
    WrappedKey key = find(id).orElseThrow();
    if (!key.wrapping().equals(from)) {
      return false;
    }
    add(new WrappedKey(id, key.tenant(), to, key.createdAt()));
    return true;
  }

  @Override
  public Map<String, Long> byMasterKey() {
    return byId.values().stream()
        .collect(Collectors.groupingBy(key -> key.wrapping().masterKey(), Collectors.counting()));
  }

  List<WrappedKey> all() {
    return List.copyOf(byId.values());
  }
}
