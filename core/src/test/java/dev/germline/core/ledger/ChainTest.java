package dev.germline.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.core.GermlineException;
import dev.germline.core.merkle.Forest;
import dev.germline.core.merkle.Roots;
import org.junit.jupiter.api.Test;

class ChainTest {
  private static final DeviceKey A = LedgerSample.KEY;
  private static final DeviceKey B =
      DeviceKey.fromSeed("B".repeat(32).getBytes(java.nio.charset.StandardCharsets.US_ASCII));

  private static Roots roots(int documents) {
    return Forest.empty().apply(LedgerSample.changes(documents)).roots();
  }

  private final SignedStateRoot first = A.sign(StateRoot.first(roots(1), 1, A.id()));
  private final SignedStateRoot second = A.sign(first.root().next(roots(2), 2, A.id()));
  private final SignedStateRoot third = A.sign(second.root().next(roots(1), 3, A.id()));
  private final Chain chain = new Chain();

  @Test
  void aHistoryGrowsAndIsReadBack() {
    assertThat(chain.add(first)).isEqualTo(new Chain.Outcome.Extended());
    assertThat(chain.add(second)).isEqualTo(new Chain.Outcome.Extended());
    assertThat(chain.add(third)).isEqualTo(new Chain.Outcome.Extended());
    assertThat(chain.add(second)).isEqualTo(new Chain.Outcome.Known());
    assertThat(chain.heads()).containsExactly(third);
    assertThat(chain.lineage(third.root().recordHash())).containsExactly(first, second, third);
  }

  @Test
  void aRootThatRepeatsIsNotConfusedWithAnEarlierRecord() {
    chain.add(first);
    chain.add(second);
    chain.add(third);
    assertThat(first.root().hash()).isEqualTo(third.root().hash());
    assertThat(first.root().recordHash()).isNotEqualTo(third.root().recordHash());
    assertThat(chain.rollbackPoint(third.root().recordHash(), first.root().hash())).contains(third);
    assertThat(chain.rollbackPoint(second.root().recordHash(), first.root().hash()))
        .contains(first);
    assertThat(chain.rollbackPoint(third.root().recordHash(), roots(5).stateRoot())).isEmpty();
  }

  @Test
  void twoRecordsWithOneSequenceOfOneDeviceAreEquivocation() {
    chain.add(first);
    chain.add(second);
    SignedStateRoot other = A.sign(first.root().next(roots(3), 2, A.id()));
    assertThat(chain.add(other)).isEqualTo(new Chain.Outcome.Equivocation(second, other));
    assertThat(chain.heads()).containsExactly(second);
  }

  @Test
  void anotherDevicesBranchIsAForkWithALastCommonRecord() {
    chain.add(first);
    chain.add(second);
    SignedStateRoot other = B.sign(first.root().next(roots(3), 2, B.id()));
    assertThat(chain.add(other)).isEqualTo(new Chain.Outcome.Forked(first));
    assertThat(chain.heads()).containsExactlyInAnyOrder(second, other);
    assertThat(chain.lastCommon(second.root().recordHash(), other.root().recordHash()))
        .contains(first);
    SignedStateRoot elsewhere = B.sign(StateRoot.first(roots(4), 9, B.id()));
    assertThat(chain.add(elsewhere)).isEqualTo(new Chain.Outcome.Forked(null));
    assertThat(chain.lastCommon(second.root().recordHash(), elsewhere.root().recordHash()))
        .isEmpty();
  }

  @Test
  void recordsThatDoNotContinueAreRefused() {
    chain.add(first);
    assertThat(chain.add(third)).isInstanceOf(Chain.Outcome.Broken.class);
    StateRoot skipped =
        new StateRoot(roots(2), first.root().hash(), first.root().recordHash(), 1, A.id(), 3);
    assertThat(chain.add(A.sign(skipped))).isInstanceOf(Chain.Outcome.Broken.class);
    StateRoot wrongParent =
        new StateRoot(roots(2), roots(4).stateRoot(), first.root().recordHash(), 1, A.id(), 2);
    assertThat(chain.add(A.sign(wrongParent))).isInstanceOf(Chain.Outcome.Broken.class);
    assertThatThrownBy(() -> Chain.requireNext(first.root(), third.root()))
        .hasMessageContaining("CHAIN_BROKEN");
    Chain.requireNext(null, first.root());
    Chain.requireNext(second.root(), third.root());
    assertThatThrownBy(() -> chain.lineage(third.root().recordHash()))
        .isInstanceOf(GermlineException.class);
  }
}
