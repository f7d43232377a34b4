package dev.germline.graph.projection;

import dev.germline.core.GermlineException;
import dev.germline.core.layers.Claim;
import dev.germline.core.layers.ClaimJson;
import dev.germline.core.layers.Layer;
import dev.germline.core.layers.LayerFile;
import dev.germline.core.layers.LayerJson;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.EntityId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Layer and claim records by their hash, layers parsed once. Not thread-safe. What cannot be parsed
 * is simply not there: the ledger may carry records that another device wrote wrongly, and one of
 * them must not stop the projection.
 */
public final class Records {
  private final Map<Digest, byte[]> contents;
  private final Map<Digest, Optional<Layer>> layers = new HashMap<>();
  private final Map<Digest, Map<EntityId, List<String>>> paths = new HashMap<>();

  /** Records with these contents, which are not copied. */
  public Records(Map<Digest, byte[]> contents) {
    this.contents = contents;
  }

  boolean has(Digest digest) {
    return contents.containsKey(digest);
  }

  Optional<Layer> layer(Digest digest) {
    return layers.computeIfAbsent(
        digest, d -> Optional.ofNullable(contents.get(d)).flatMap(Records::parseLayer));
  }

  Optional<Claim> claim(Digest digest) {
    return Optional.ofNullable(contents.get(digest)).flatMap(Records::parseClaim);
  }

  /** Under which paths the layer with this record holds the file; none if it does not. */
  List<String> paths(Digest layer, EntityId file) {
    return paths.computeIfAbsent(layer, this::filesOf).getOrDefault(file, List.of());
  }

  private Map<EntityId, List<String>> filesOf(Digest layer) {
    Map<EntityId, List<String>> byFile = new HashMap<>();
    for (LayerFile file : layer(layer).map(l -> l.manifest().files()).orElse(List.of())) {
      byFile
          .computeIfAbsent(Document.idOf(file.blake3()), id -> new ArrayList<>())
          .add(file.path().value());
    }
    return byFile;
  }

  private static Optional<Layer> parseLayer(byte[] record) {
    try {
      return Optional.of(LayerJson.parseStored(record));
    } catch (GermlineException unfit) {
      return Optional.empty();
    }
  }

  private static Optional<Claim> parseClaim(byte[] record) {
    try {
      return Optional.of(ClaimJson.parseStored(record));
    } catch (GermlineException unfit) {
      return Optional.empty();
    }
  }
}
