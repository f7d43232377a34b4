package dev.germline.embedded.stores;

import dev.germline.embedded.stores.Trouble.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Chooses loopback ports: the one asked for, else last time's, else the customary one, else a free
 * one. "Free" means that this process could bind it a moment ago; a part that then cannot bind it
 * fails to start, so nobody is ever sent to a server that is not ours.
 */
final class Ports {
  /** Below the range from which the kernel takes ports for outgoing connections. */
  private static final int LOWEST = 20_000;

  private static final int HIGHEST = 32_000;

  private final Map<String, Integer> before;
  private final Map<String, Integer> chosen = new LinkedHashMap<>();
  private final Set<Integer> taken = new HashSet<>();
  private final List<String> notes = new ArrayList<>();

  Ports(Map<String, Integer> before) {
    this.before = before;
    chosen.putAll(before);
  }

  /**
   * @param asked the port the user insists on, or 0
   * @param customary the port people expect, or 0
   * @throws Trouble PORT_BUSY when the port asked for is taken
   */
  int choose(String name, int asked, int customary) {
    int port = pick(name, asked, customary);
    taken.add(port);
    chosen.put(name, port);
    return port;
  }

  private int pick(String name, int asked, int customary) {
    if (asked != 0) {
      if (!free(asked)) {
        throw new Trouble(
            Kind.PORT_BUSY,
            "port %d (%s) is in use by another program: stop it or choose another port"
                .formatted(asked, name));
      }
      return asked;
    }
    int last = before.getOrDefault(name, 0);
    if (last != 0 && usable(last)) {
      return last;
    }
    int found = customary != 0 && usable(customary) ? customary : any();
    int expected = last != 0 ? last : customary;
    if (expected != 0 && expected != found) {
      notes.add(
          "port %d is in use by another program: %s is on %d".formatted(expected, name, found));
    }
    return found;
  }

  /** The ports to remember for the next start. */
  Map<String, Integer> chosen() {
    return Map.copyOf(chosen);
  }

  /** What people should know: the ports that are not where they would look. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  private int any() {
    for (int attempt = 0; attempt < 1_000; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (usable(port)) {
        return port;
      }
    }
    throw new Trouble(
        Kind.PORT_BUSY, "no free port between %d and %d on 127.0.0.1".formatted(LOWEST, HIGHEST));
  }

  private boolean usable(int port) {
    return !taken.contains(port) && free(port);
  }

  static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
