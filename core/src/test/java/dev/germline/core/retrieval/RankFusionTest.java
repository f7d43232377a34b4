package dev.germline.core.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RankFusionTest {
  @Test
  void whatBothRankingsLikeIsBestAndTiesGoById() {
    List<RankFusion.Fused<String>> fused =
        RankFusion.fuse(List.of(List.of("a", "b", "c"), List.of("c", "b", "d")));
    assertThat(fused.stream().map(RankFusion.Fused::id)).containsExactly("c", "b", "a", "d");
    assertThat(fused.getFirst().score()).isEqualTo(1_000_000 / 63 + 1_000_000 / 61);
    assertThat(
            RankFusion.fuse(List.of(List.of("z"), List.of("y"))).stream().map(RankFusion.Fused::id))
        .containsExactly("y", "z");
    assertThat(RankFusion.<String>fuse(List.of())).isEmpty();
  }
}
