package dev.germline.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Map;

/** Lists that a server gives page by page. */
public final class Pages {
  private static final int PAGE = 200;

  private Pages() {}

  /**
   * The items of as many pages as it takes.
   *
   * @param query what is asked besides limit and cursor
   * @param limit items at most
   */
  public static ArrayNode items(Client client, String path, Map<String, String> query, int limit) {
    StringBuilder first =
        new StringBuilder(path).append("?limit=").append(Math.clamp(limit, 1, PAGE));
    query.forEach(
        (key, value) -> first.append('&').append(key).append('=').append(Client.encode(value)));
    ArrayNode items = Json.array();
    String cursor = "";
    do {
      JsonNode page =
          client.get(first + (cursor.isEmpty() ? "" : "&cursor=" + Client.encode(cursor)));
      for (JsonNode item : page.path("items")) {
        if (items.size() < limit) {
          items.add(item);
        }
      }
      cursor = page.path("nextCursor").asText("");
    } while (!cursor.isEmpty() && items.size() < limit);
    return items;
  }
}
