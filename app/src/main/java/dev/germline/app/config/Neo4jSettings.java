package dev.germline.app.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.time.Duration;

/**
 * The graph the ledger is projected into.
 *
 * @param uri {@code bolt://host:port} or {@code neo4j://…} (GERMLINE_NEO4J_URI)
 * @param user GERMLINE_NEO4J_USER
 * @param password GERMLINE_NEO4J_PASSWORD
 * @param poolSize connections at most
 * @param connectTimeout to open one connection
 * @param acquireTimeout to get one out of the pool
 * @param callTimeout for one question asked by a reader, everything included
 */
@ConfigurationProperties("germline.neo4j")
public record Neo4jSettings(
    String uri,
    String user,
    String password,
    int poolSize,
    Duration connectTimeout,
    Duration acquireTimeout,
    Duration callTimeout) {
  public Neo4jSettings {
    uri = Unset.required("GERMLINE_NEO4J_URI", uri, "bolt://localhost:7687");
  }
}
