package dev.germline.app.graphql;

import dev.germline.app.config.StartRefused;
import io.micronaut.context.annotation.ConfigurationProperties;
import java.time.Duration;
import java.util.Optional;

/**
 * What one GraphQL request may ask for.
 *
 * @param maxDepth fields within fields; the introspection of usual tools needs 15
 * @param maxCost what the fields asked for may cost, each times the entries of its pages: most 1,
 *     others what {@code @cost} in the schema says
 * @param maxPage entries of one page
 * @param maxTokens words and signs of a query
 * @param maxCharacters of a query
 * @param timeout of a query; changes take as long as over REST
 * @param maxStreams open event streams of this process
 * @param maxStreamsPerCaller of them, of one caller
 * @param streamLifetime after which a stream ends and is to be opened anew
 * @param lookEvery how often the registry is asked for news, once for all streams
 * @param graphiql whether the page to explore the API is served (GERMLINE_GRAPHIQL); absent: in
 *     development
 */
@ConfigurationProperties("germline.graphql")
public record GraphQlSettings(
    int maxDepth,
    int maxCost,
    int maxPage,
    int maxTokens,
    int maxCharacters,
    Duration timeout,
    int maxStreams,
    int maxStreamsPerCaller,
    Duration streamLifetime,
    Duration lookEvery,
    Optional<String> graphiql) {
  /** A query has at most so many fields, each of which costs at most one more: an int holds it. */
  private static final int LARGEST_COST = 45_000;

  public GraphQlSettings {
    positive("max-depth", maxDepth, 1_000);
    positive("max-cost", maxCost, LARGEST_COST);
    positive("max-page", maxPage, 500);
    positive("max-tokens", maxTokens, 1_000_000);
    positive("max-characters", maxCharacters, 8 << 20);
    positive("max-streams", maxStreams, 100_000);
    positive("max-streams-per-caller", maxStreamsPerCaller, maxStreams);
    positive("timeout", timeout);
    positive("stream-lifetime", streamLifetime);
    positive("look-every", lookEvery);
    graphiql = graphiql.map(String::strip).filter(value -> !value.isEmpty());
    graphiql.ifPresent(value -> {
      if (!value.equals("true") && !value.equals("false")) {
        throw new StartRefused("GERMLINE_GRAPHIQL", "is true or false, and not " + value);
      }
    });
  }

  private static void positive(String key, int value, int most) {
    if (value < 1 || value > most) {
      throw new StartRefused(
          "germline.graphql." + key, "is from 1 to %d, and not %d".formatted(most, value));
    }
  }

  private static void positive(String key, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new StartRefused("germline.graphql." + key, "is positive, and not " + value);
    }
  }
}
