/**
 * Neo4j Community in which one user writes and all others only read (ADR 0008). These classes
 * extend Neo4j's and run in its process only; nothing of ours depends on them.
 */
@NullMarked
package dev.germline.neo4j.guard;

import org.jspecify.annotations.NullMarked;
