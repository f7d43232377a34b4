package dev.germline.core.assembly;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerRef;
import dev.germline.core.substrate.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class WiringTest {
  private static List<Part> parts(String... ids) {
    List<Part> parts = new ArrayList<>();
    for (String id : ids) {
      parts.add(
          new Part(
              id, new LayerRef(LayerName.parse("t/" + id + "@1.0.0"), Digest.of(new byte[32])), 1));
    }
    return parts;
  }

  private static Connection edge(String from, String to, Connection.Type type) {
    return new Connection(from, to, type, 1);
  }

  private static void refused(
      String why, List<Part> parts, @Nullable Recipe merge, Connection... connections) {
    assertThatThrownBy(() -> Wiring.check(parts, List.of(connections), merge))
        .hasMessageContaining(why);
  }

  @Test
  void aDiamondWithAMergeAndASkipIsFine() {
    assertThatCode(() ->
            Wiring.check(
                parts("a", "b", "c", "d"),
                List.of(
                    edge("a", "b", Connection.Type.SEQUENTIAL),
                    edge("a", "c", Connection.Type.SEQUENTIAL),
                    edge("b", "c", Connection.Type.PARALLEL),
                    edge("b", "d", Connection.Type.MERGE),
                    edge("c", "d", Connection.Type.MERGE),
                    edge("a", "d", Connection.Type.SKIP)),
                null))
        .doesNotThrowAnyException();
  }

  @Test
  void whatIsWrongIsNamed() {
    refused("there is no layer x", parts("a"), null, edge("a", "x", Connection.Type.SEQUENTIAL));
    refused("leads to itself", parts("a"), null, edge("a", "a", Connection.Type.SEQUENTIAL));
    refused("two layers have the id a", parts("a", "a"), null);
    refused("b is not connected with a", parts("a", "b"), null);
    refused("layers is empty", parts(), null);
    refused(
        "connected twice",
        parts("a", "b"),
        null,
        edge("a", "b", Connection.Type.SEQUENTIAL),
        edge("a", "b", Connection.Type.PARALLEL));
    refused(
        "in a circle among a, b",
        parts("a", "b"),
        null,
        edge("a", "b", Connection.Type.SEQUENTIAL),
        edge("b", "a", Connection.Type.SEQUENTIAL));
    refused("against the order", parts("a", "b"), null, edge("b", "a", Connection.Type.SEQUENTIAL));
    refused("merges one input only", parts("a", "b"), null, edge("a", "b", Connection.Type.MERGE));
    refused("skips nothing", parts("a", "b"), null, edge("a", "b", Connection.Type.SKIP));
    Recipe slerp = new Recipe("slerp", null, new TreeMap<>(), new TreeMap<>(), null, null, null);
    refused("slerp merges exactly two", parts("a"), slerp);
    Recipe ties = new Recipe("ties", "z", new TreeMap<>(), new TreeMap<>(), null, null, null);
    refused("merge.base is z", parts("a"), ties);
  }

  /** Edges that go forward only, from a tree, are always fine; one backward never is. */
  @Property(tries = 200)
  void forwardTreesAreFineAndOneEdgeBackIsNot(@ForAll long seed) {
    Random random = new Random(seed);
    String[] ids = new String[2 + random.nextInt(8)];
    List<Connection> connections = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      ids[i] = "p" + i;
      if (i > 0) {
        connections.add(edge("p" + random.nextInt(i), ids[i], Connection.Type.SEQUENTIAL));
      }
    }
    assertThatCode(() -> Wiring.check(parts(ids), connections, null)).doesNotThrowAnyException();
    Connection first = connections.get(random.nextInt(connections.size()));
    connections.add(edge(first.to(), first.from(), Connection.Type.SEQUENTIAL));
    assertThatThrownBy(() -> Wiring.check(parts(ids), connections, null))
        .hasMessageContaining("in a circle");
  }
}
