package dev.germline.app.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerType;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityId;
import dev.germline.graph.lineage.LayerNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class FullPageTest {
  private static final Instant THEN = Instant.parse("2026-03-03T00:00:00Z");
  private static final int ALL = 50;

  private final List<Integer> asked = new ArrayList<>();

  @Test
  void pagesAreFullAndTogetherHaveEachUnusedOneOnce() {
    FullPage pages = new FullPage(this::graph, this::usedButEverySeventh, 1000);
    List<String> seen = new ArrayList<>();
    LayerName after = null;
    Lineage.DeadEnds page;
    do {
      page = pages.of(after, 3, THEN);
      page.items().forEach(end -> seen.add(end.layer().name().toString()));
      after = page.next().orElse(null);
      assertThat(page.items().size() == 3 || after == null).isTrue();
    } while (after != null);
    assertThat(seen)
        .containsExactlyElementsOf(
            IntStream.range(0, ALL).filter(i -> i % 7 == 0).mapToObj(FullPageTest::name).toList());
  }

  @Test
  void afterSoManyTheRestIsLeftToTheNextRequest() {
    FullPage pages = new FullPage(this::graph, FullPageTest::allUsed, 20);
    Lineage.DeadEnds page = pages.of(null, 5, THEN);
    assertThat(page.items()).isEmpty();
    assertThat(page.next()).contains(LayerName.parse(name(19)));
    assertThat(asked).containsExactly(5, 15);
    Lineage.DeadEnds last = pages.of(LayerName.parse(name(39)), 5, THEN);
    assertThat(last.items()).isEmpty();
    assertThat(last.next()).isEmpty();
  }

  @Test
  void whereAllAreWantedOneQuestionIsEnough() {
    FullPage pages = new FullPage(this::graph, FullPageTest::allUsed, 20);
    Lineage.DeadEnds page = pages.of(null, 30, null);
    assertThat(page.items()).hasSize(30).allMatch(end -> THEN.equals(end.lastUsed()));
    assertThat(page.next()).isEqualTo(Optional.of(LayerName.parse(name(29))));
    assertThat(asked).containsExactly(30);
  }

  private List<LayerNode> graph(@Nullable LayerName after, int limit) {
    asked.add(limit);
    return IntStream.range(0, ALL)
        .filter(i -> after == null || name(i).compareTo(after.toString()) > 0)
        .limit(limit)
        .mapToObj(FullPageTest::node)
        .toList();
  }

  private Map<LayerNode, Instant> usedButEverySeventh(Collection<LayerNode> nodes) {
    Map<LayerNode, Instant> used = new HashMap<>(allUsed(nodes));
    used.keySet().removeIf(node -> Integer.parseInt(node.name().name().substring(1)) % 7 == 0);
    return used;
  }

  private static Map<LayerNode, Instant> allUsed(Collection<LayerNode> nodes) {
    Map<LayerNode, Instant> used = new HashMap<>();
    nodes.forEach(node -> used.put(node, THEN));
    return used;
  }

  private static String name(int i) {
    return "ns/l%03d@1.0.0".formatted(i);
  }

  private static LayerNode node(int i) {
    return new LayerNode(
        EntityId.generate(new byte[] {(byte) i}),
        LayerName.parse(name(i)),
        Digest.of(new byte[Digest.BYTES]),
        LayerType.FOUNDATION,
        0);
  }
}
