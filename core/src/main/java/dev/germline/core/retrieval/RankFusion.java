package dev.germline.core.retrieval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reciprocal rank fusion with k = 60 in integers (specs/addendum.md, section 1): what stands at
 * rank r (from 1) of a ranking gets ⌊1,000,000 / (60 + r)⌋ from it. Ties go by id.
 */
public final class RankFusion {
  private static final int K = 60;
  private static final int NUMERATOR = 1_000_000;

  private RankFusion() {}

  /** Something that was found, with its sum. */
  public record Fused<T>(T id, int score) {}

  /**
   * All that is in any of the rankings, best first.
   *
   * @param rankings each best first, each id at most once
   */
  public static <T extends Comparable<? super T>> List<Fused<T>> fuse(List<List<T>> rankings) {
    Map<T, Integer> scores = new HashMap<>();
    for (List<T> ranking : rankings) {
      int rank = 0;
      for (T id : ranking) {
        scores.merge(id, NUMERATOR / (K + ++rank), Integer::sum);
      }
    }
    List<Fused<T>> fused = new ArrayList<>();
    scores.forEach((id, score) -> fused.add(new Fused<>(id, score)));
    fused.sort(
        Comparator.comparingInt((Fused<T> one) -> one.score()).reversed().thenComparing(Fused::id));
    return List.copyOf(fused);
  }
}
