package dev.germline.app.layers;

import dev.germline.app.identity.Caller;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.ByteSource;
import dev.germline.core.weights.FileDigests;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

@Singleton
public final class MemoryBytes implements LayerBytes {
  private final Map<Digest, byte[]> all = new ConcurrentHashMap<>();

  public Digest put(byte[] bytes) {
    Digest digest = FileDigests.of(bytes).blake3();
    all.put(digest, bytes);
    return digest;
  }

  @Override
  public List<Held> requireHeld(Caller caller, List<Digest> blake3) {
    return blake3.stream()
        .map(d -> {
          byte[] b = all.get(d);
          if (b == null) {
            throw new GermlineException(Fault.BLOB_NOT_FOUND, "no blob " + d);
          }
          FileDigests.Result r = FileDigests.of(b);
          return new Held(d, b.length, r.sha256(), r.gitSha1());
        })
        .toList();
  }

  @Override
  public ByteSource source(Digest blake3) {
    return ByteSource.of(Objects.requireNonNull(all.get(blake3)));
  }

  @Override
  public InputStream open(Digest blake3, long offset, long length) {
    return new ByteArrayInputStream(
        Objects.requireNonNull(all.get(blake3)), (int) offset, (int) length);
  }

  @Override
  public void putRecord(Digest contentHash, byte[] record) {
    all.put(contentHash, record);
  }

  @Override
  public Optional<byte[]> record(Digest contentHash) {
    return Optional.ofNullable(all.get(contentHash));
  }
}
