package dev.germline.app.graphql;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import graphql.schema.DataFetchingEnvironment;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The page that a field is asked for.
 *
 * @param first entries at most
 * @param after what the cursor of the entry before it stands for; null for the first page
 */
record Slice(int first, @Nullable String after) {
  /**
   * Reads the arguments {@code first} and {@code after}.
   *
   * @throws GermlineException INVALID_REQUEST
   */
  static Slice of(DataFetchingEnvironment field, GraphQlSettings settings) {
    int first = Objects.requireNonNull(field.<Integer>getArgument("first"));
    if (first < 1 || first > settings.maxPage()) {
      throw new GermlineException(
          Fault.INVALID_REQUEST, "first is from 1 to " + settings.maxPage() + ", and not " + first);
    }
    String cursor = field.getArgument("after");
    return new Slice(first, cursor == null ? null : decode(cursor));
  }

  /** A cursor for clients, to whom it says nothing. */
  static String encode(String place) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(place.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String cursor) {
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      throw strange();
    }
  }

  private static GermlineException strange() {
    return new GermlineException(
        Fault.INVALID_REQUEST, "after is the cursor of an entry of an earlier page");
  }

  /**
   * The page out of a list that is at hand.
   *
   * @param place what tells an entry from all others
   * @throws GermlineException INVALID_REQUEST for a cursor of something else
   */
  <T> Connection<T> of(List<T> all, Function<T, String> place) {
    int from = 0;
    if (after != null) {
      while (from < all.size() && !place.apply(all.get(from)).equals(after)) {
        from++;
      }
      if (from++ == all.size()) {
        throw strange();
      }
    }
    int to = Math.min(all.size(), from + first);
    return new Connection<>(all.subList(from, to), place, to < all.size(), after != null);
  }
}
