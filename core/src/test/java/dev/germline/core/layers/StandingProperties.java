package dev.germline.core.layers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.core.layers.Standing.Verdict;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class StandingProperties {
  private static final Digest CLAIM = digest("claim");
  private static final Digest OTHER = digest("other");

  @Property(tries = 300)
  void theOrderOfRepliesDoesNotMatter(
      @ForAll("replies") List<Reply> replies, @ForAll Random random) {
    List<Reply> shuffled = new ArrayList<>(replies);
    Collections.shuffle(shuffled, random);
    assertThat(Standing.of(CLAIM, shuffled)).isEqualTo(Standing.of(CLAIM, replies));
  }

  @Property(tries = 300)
  void whatEndedStaysEnded(
      @ForAll("replies") List<Reply> before, @ForAll("replies") List<Reply> after) {
    List<Reply> all = new ArrayList<>(before);
    all.addAll(after);
    if (!Standing.of(CLAIM, before).verdict().counts()) {
      assertThat(Standing.of(CLAIM, all).verdict().counts()).isFalse();
    }
  }

  @Property(tries = 300)
  void contestsNeverEndAClaim(@ForAll("replies") List<Reply> replies) {
    List<Reply> contests =
        replies.stream().filter(reply -> reply instanceof Reply.Contest).toList();
    Standing standing = Standing.of(CLAIM, contests);
    assertThat(standing.verdict().counts()).isTrue();
    assertThat(standing.verdict() == Verdict.CONTESTED)
        .isEqualTo(contests.stream().anyMatch(reply -> reply.claim().equals(CLAIM)));
  }

  @Property(tries = 300)
  void aStandingIsExplainedByItsReplies(@ForAll("replies") List<Reply> replies) {
    Standing standing = Standing.of(CLAIM, replies);
    assertThat(standing.because())
        .allSatisfy(reply -> assertThat(reply.claim()).isEqualTo(CLAIM))
        .allSatisfy(reply -> assertThat(reply.kind()).isEqualTo(decisive(standing.verdict())));
    assertThat(standing.because().isEmpty()).isEqualTo(standing.verdict() == Verdict.STANDS);
  }

  @Property(tries = 100)
  void withdrawingEveryContestLetsTheClaimStand(@ForAll("replies") List<Reply> replies) {
    List<Reply> all =
        new ArrayList<>(replies.stream().filter(r -> r instanceof Reply.Contest).toList());
    for (Reply contest : List.copyOf(all)) {
      all.add(
          new Reply.Withdrawal(ClaimJson.digest(contest), "ada", Instant.ofEpochMilli(9), "so"));
    }
    assertThat(Standing.of(CLAIM, all).verdict()).isEqualTo(Verdict.STANDS);
  }

  private static Reply.Kind decisive(Verdict verdict) {
    return switch (verdict) {
      case STANDS, CONTESTED -> Reply.Kind.CONTEST;
      case SUPERSEDED -> Reply.Kind.SUPERSESSION;
      case WITHDRAWN -> Reply.Kind.WITHDRAWAL;
    };
  }

  @Provide
  Arbitrary<List<Reply>> replies() {
    Arbitrary<Digest> about = Arbitraries.of(CLAIM, CLAIM, OTHER);
    Arbitrary<String> who = Arbitraries.of("ada", "bob", "cy");
    Arbitrary<Instant> when = Arbitraries.longs().between(0, 5).map(Instant::ofEpochMilli);
    Arbitrary<Reply> contest =
        Combinators.combine(about, who, when)
            .as((claim, by, at) -> new Reply.Contest(claim, by, at, "why"));
    Arbitrary<Reply> withdrawal =
        Combinators.combine(about, who, when)
            .as((claim, by, at) -> new Reply.Withdrawal(claim, by, at, "why"));
    Arbitrary<Reply> supersession =
        Combinators.combine(about, who, when)
            .as((claim, by, at) -> new Reply.Supersession(claim, by, at, digest("next")));
    return Arbitraries.frequencyOf(
            Tuple.of(6, contest), Tuple.of(1, withdrawal), Tuple.of(1, supersession))
        .list()
        .ofMaxSize(8);
  }

  private static Digest digest(String text) {
    return Blake3.hash(text.getBytes(StandardCharsets.UTF_8));
  }
}
