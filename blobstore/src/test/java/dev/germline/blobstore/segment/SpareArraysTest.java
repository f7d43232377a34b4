package dev.germline.blobstore.segment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpareArraysTest {
  private static final int MIB = 1 << 20;

  private final SpareArrays spare = new SpareArrays(2, 4 * MIB);

  @Test
  void whatWasGivenBackIsTakenAgain() {
    byte[] first = spare.take(100);
    assertThat(first).hasSize(MIB);
    spare.giveBack(first);

    assertThat(spare.take(MIB)).isSameAs(first);
    assertThat(spare.take(MIB)).isNotSameAs(first);
  }

  @Test
  void onlyAFewAreKeptAndNoneThatIsTooLong() {
    byte[] one = spare.take(1);
    byte[] two = spare.take(1);
    byte[] three = spare.take(1);
    byte[] long4 = spare.take(4 * MIB + 1);
    assertThat(long4).hasSize(4 * MIB + 1);
    spare.giveBack(long4);
    spare.giveBack(one);
    spare.giveBack(two);
    spare.giveBack(three);

    assertThat(spare.take(1)).isSameAs(two);
    assertThat(spare.take(1)).isSameAs(one);
    assertThat(spare.take(1)).isNotSameAs(three);
  }

  @Test
  void oneThatIsTooShortIsReplaced() {
    spare.giveBack(spare.take(1));

    assertThat(spare.take(3 * MIB)).hasSize(3 * MIB);
  }
}
