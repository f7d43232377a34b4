package dev.germline.graph.projection;

import dev.germline.core.substrate.EdgeKey;
import dev.germline.core.substrate.EntityId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one transaction does to the graph, in the order of {@link GraphWriter}.
 *
 * @param dropNodes with all that hangs on them
 * @param dropRelations between nodes that stay
 * @param dropArrows claims that were touched in a way that may end their arrow
 * @param arrows claims whose arrow is drawn if their document and edges stand; empty where only an
 *     edge is new and the document, which says the type, came earlier
 */
record GraphChanges(
    List<Node> putNodes,
    Set<EntityId> dropNodes,
    List<Relation> putRelations,
    List<EdgeKey> dropRelations,
    Set<EntityId> dropArrows,
    Map<EntityId, Optional<Arrow>> arrows) {}
