/**
 * The graph that people explore, made from the ledger and from nothing else.
 *
 * <p>What stands in it:
 *
 * <ul>
 *   <li>{@code (:Entity {id})}: every CP document, chunk and embedding, by its id as UUID text.
 *   <li>{@code :Document {path, contentHash, sizeBytes, mimeType}}; below {@code blobs/} it is a
 *       {@code :File} too. A layer record is a {@code :Layer} with its type's label ({@code
 *       :FoundationLayer, :LoraLayer, :MemoryModule, :SpecializationModule, :CommunicationAdapter})
 *       and {@code name} (namespace/name@version), {@code namespace, version, type, digest,
 *       creator, createdAt, visibility, allowedUsers, description}. A claim is a {@code :Claim
 *       {type, assertedBy, at, subject, object}} with the properties of its type. A record whose
 *       content is missing or does not fit stays a plain document with {@code unreadable} saying
 *       so.
 *   <li>{@code :Chunk {textHash, sequence, byteOffset, byteLength}} and {@code :Embedding
 *       {modelHash, version, dimension}}, without text and vectors.
 *   <li>Relations for CP edges: {@code DOC_TO_CHUNK, CHUNK_TO_EMBEDDING, CHUNK_TO_CHUNK, HAS_FILE
 *       {paths}, CLAIM_SUBJECT, CLAIM_OBJECT}, and {@code CP_EDGE {kind}} for every other custom
 *       kind; all with {@code weight} if the edge has one.
 *   <li>{@code EVOLVED_FROM, DEPENDS_ON, SYNERGIZES_WITH, CONFLICTS_WITH}: one per claim document
 *       whose subject and object edges stand, with {@code claim} (its id), {@code assertedBy, at}
 *       and the claim's properties. The bare CP edge of that kind makes nothing: no arrow without
 *       evidence. A map such as improvementMetrics is two lists, {@code improvementMetricNames} and
 *       {@code improvementMetricValues}, in the order of names: a property key of its own for every
 *       metric anybody invents would fill Neo4j's token store for good.
 *   <li>{@code (:Projection {name: 'ledger', sequence, record, state})}: the diff that all this
 *       shows, changed in the same transaction.
 * </ul>
 */
@NullMarked
package dev.germline.graph.projection;

import org.jspecify.annotations.NullMarked;
