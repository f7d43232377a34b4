package dev.germline.app.config;

import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;

/**
 * Another registry that is asked too: {@code germline.peers.NAME}, in the environment {@code
 * GERMLINE_PEERS_NAME_URL} and so on.
 *
 * @param name what answers from there are labelled with
 * @param url {@code http(s)://host:port}
 * @param region peers of this registry's own region ({@code germline.region}) are asked for scope
 *     regional, all of them for scope global
 * @param token of a user there
 * @param timeout for each question
 */
@EachProperty("germline.peers")
public record PeerSettings(
    @Parameter String name,
    @Bindable(defaultValue = "") String url,
    @Bindable(defaultValue = "") String region,
    @Bindable(defaultValue = "") String token,
    @Bindable(defaultValue = "3s") Duration timeout)
    implements Comparable<PeerSettings> {
  public PeerSettings {
    url = Unset.required(key(name, "URL"), url, "https://registry.example.org");
    if (name.equals("local")) {
      throw new StartRefused("germline.peers.local", "is what this registry itself is called");
    }
    base(name, url);
  }

  private static URI base(String name, String url) {
    try {
      URI uri = new URI(url);
      if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException notOne) {
      // said below
    }
    throw new StartRefused(key(name, "URL"), "is http(s)://host:port, and not '" + url + "'");
  }

  static String key(String name, String what) {
    return "GERMLINE_PEERS_" + name.toUpperCase(Locale.ROOT) + "_" + what;
  }

  /** Where it is, without a slash at the end. */
  public String base() {
    return url.replaceFirst("/+$", "");
  }

  @Override
  public int compareTo(PeerSettings other) {
    return name.compareTo(other.name);
  }

  /** Shows no token. */
  @Override
  public String toString() {
    return "PeerSettings[name=" + name + ", url=" + url + ", region=" + region + "]";
  }
}
