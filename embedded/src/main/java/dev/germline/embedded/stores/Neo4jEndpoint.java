package dev.germline.embedded.stores;

import java.net.URI;

/**
 * Where Neo4j answers.
 *
 * @param bolt {@code bolt://host:port}
 * @param http the server's root; Neo4j Browser is at {@code /browser/} below it
 */
public record Neo4jEndpoint(URI bolt, URI http, String user, String password) {
  public URI browser() {
    return http.resolve("/browser/");
  }

  @Override
  public String toString() {
    return "Neo4jEndpoint[" + bolt + ", " + http + ", " + user + "]";
  }
}
