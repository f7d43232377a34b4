package dev.germline.core.assembly;

import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerRef;
import dev.germline.core.layers.Sharing.Visibility;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Layers put together (specs/genomic-data-architecture.md, GenomicAssembly). Immutable; its
 * identity is the BLAKE3 of its canonical record ({@link AssemblyJson}).
 *
 * @param parts in their order, 1 to 256
 * @param connections at most 4,096
 * @param needs layers that the parts need and that are no parts, pinned
 * @param examination what was found when it was published; null in a draft
 */
public record Assembly(
    LayerName name,
    @Nullable String description,
    String creator,
    Instant createdAt,
    Visibility visibility,
    List<String> allowedUsers,
    List<Part> parts,
    List<Connection> connections,
    @Nullable Recipe merge,
    @Nullable Persona persona,
    List<LayerRef> needs,
    @Nullable Examination examination) {
  /** Most layers of one assembly. */
  public static final int MOST_PARTS = 256;

  /** Most connections of one assembly. */
  public static final int MOST_CONNECTIONS = 4096;

  public Assembly {
    allowedUsers = List.copyOf(allowedUsers);
    parts = List.copyOf(parts);
    connections = List.copyOf(connections);
    needs = List.copyOf(needs);
    Wiring.check(parts, connections, merge);
  }

  /** The same with what its layers need and what was found of it. */
  public Assembly examined(List<LayerRef> others, Examination found) {
    return new Assembly(
        name,
        description,
        creator,
        createdAt,
        visibility,
        allowedUsers,
        parts,
        connections,
        merge,
        persona,
        others,
        found);
  }
}
