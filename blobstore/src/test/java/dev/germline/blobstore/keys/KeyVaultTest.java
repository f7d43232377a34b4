package dev.germline.blobstore.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.blobstore.segment.DataKey;
import dev.germline.blobstore.segment.DataKeyId;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.weights.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyVaultTest {
  private static final Tenant ACME = new Tenant("acme");
  private static final Optional<Duration> DAY = Optional.of(Duration.ofDays(1));

  private final FakeKeys stored = new FakeKeys();
  private final FakeKms kms = new FakeKms();
  private Instant now = Instant.parse("2026-11-21T12:00:00.123456Z");
  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);

  @Test
  void aTenantKeepsItsKeyForADayAndTheOldOneGoesOnOpening() {
    KeyVault vault = new KeyVault(stored, kms, DAY, clock);
    DataKey first = vault.forNewSegments(ACME).orElseThrow();
    now = now.plus(Duration.ofHours(23));
    assertThat(vault.forNewSegments(ACME)).contains(first);
    now = now.plus(Duration.ofHours(2));

    DataKey second = vault.forNewSegments(ACME).orElseThrow();

    assertThat(second.secret()).isNotEqualTo(first.secret());
    assertThat(new KeyVault(stored, kms, DAY, clock).find(first.id())).isEqualTo(first);
    assertThat(stored.all()).hasSize(2);
  }

  @Test
  void everyProcessUsesTheTenantsNewestKey() {
    DataKey made = new KeyVault(stored, kms, DAY, clock).forNewSegments(ACME).orElseThrow();

    assertThat(new KeyVault(stored, kms, DAY, clock).forNewSegments(ACME)).contains(made);
  }

  @Test
  void tenantsShareNoKey() {
    KeyVault vault = new KeyVault(stored, kms, DAY, clock);

    assertThat(vault.forNewSegments(ACME).orElseThrow().secret())
        .isNotEqualTo(vault.forNewSegments(Tenant.DEFAULT).orElseThrow().secret());
  }

  @Test
  void whatIsKnownIsNotLookedUpAgain() {
    KeyVault vault = new KeyVault(stored, kms, DAY, clock);
    DataKey key = vault.forNewSegments(ACME).orElseThrow();
    int before = stored.lookups;
    kms.away = true;

    for (int i = 0; i < 10; i++) {
      assertThat(vault.find(key.id())).isEqualTo(key);
      assertThat(vault.forNewSegments(ACME)).contains(key);
    }

    assertThat(stored.lookups).isEqualTo(before);
  }

  @Test
  void withEncryptionOffOldSegmentsStillOpen() {
    DataKey key = new KeyVault(stored, kms, DAY, clock).forNewSegments(ACME).orElseThrow();
    KeyVault off = new KeyVault(stored, kms, Optional.empty(), clock);

    assertThat(off.forNewSegments(ACME)).isEmpty();
    assertThat(off.find(key.id())).isEqualTo(key);
  }

  @Test
  void aKeyThatCannotBeHadIsSaidToBeUnavailable() {
    KeyVault vault = new KeyVault(stored, kms, DAY, clock);
    assertThatThrownBy(() -> vault.find(DataKeyId.random())).satisfies(KeyVaultTest::unavailable);
    kms.away = true;
    assertThatThrownBy(() -> vault.forNewSegments(ACME)).satisfies(KeyVaultTest::unavailable);
    assertThat(stored.all()).isEmpty();
  }

  private static void unavailable(Throwable refused) {
    assertThat(refused)
        .isInstanceOfSatisfying(
            GermlineException.class,
            germline -> assertThat(germline.fault()).isEqualTo(Fault.KEY_UNAVAILABLE));
  }

  @Test
  void aRotationMayBeKilledAnywhereAndGoesOn() {
    KeyRing old = KeyRing.parse(KeyRingTest.entry("old", 1));
    KeyVault before = new KeyVault(stored, old, DAY, clock);
    List<DataKey> keys = new ArrayList<>();
    for (int i = 0; i < 450; i++) {
      keys.add(before.forNewSegments(new Tenant("t" + i)).orElseThrow());
    }
    KeyRing both = KeyRing.parse(KeyRingTest.entry("new", 2) + "," + KeyRingTest.entry("old", 1));
    Rewrapping rotation = new Rewrapping(stored, both);

    for (int done : List.of(0, 1, 199, 150)) {
      stored.rewrapsUntilKilled = done;
      assertThatThrownBy(() -> rotation.run(new Counting())).isInstanceOf(FakeKeys.Killed.class);
      KeyVault meanwhile = new KeyVault(stored, both, DAY, clock);
      keys.forEach(key -> assertThat(meanwhile.find(key.id())).isEqualTo(key));
    }
    stored.rewrapsUntilKilled = Integer.MAX_VALUE;
    Counting counted = new Counting();
    assertThat(rotation.run(counted)).isEqualTo("new");

    assertThat(counted.done).isEqualTo(100);
    assertThat(stored.byMasterKey()).isEqualTo(Map.of("new", 450L));
    KeyRing alone = KeyRing.parse(KeyRingTest.entry("new", 2));
    KeyVault after = new KeyVault(stored, alone, DAY, clock);
    keys.forEach(key -> assertThat(after.find(key.id())).isEqualTo(key));
  }

  @Test
  void aKeyWhoseMasterKeyIsGoneIsReportedAndTheOthersAreRotated() {
    new KeyVault(stored, KeyRing.parse(KeyRingTest.entry("lost", 7)), DAY, clock)
        .forNewSegments(ACME);
    new KeyVault(stored, KeyRing.parse(KeyRingTest.entry("old", 1)), DAY, clock)
        .forNewSegments(Tenant.DEFAULT);
    Counting counted = new Counting();

    new Rewrapping(
            stored, KeyRing.parse(KeyRingTest.entry("new", 2) + "," + KeyRingTest.entry("old", 1)))
        .run(counted);

    assertThat(counted.done).isEqualTo(1);
    assertThat(counted.failures).singleElement().asString().contains("master key lost");
  }

  private static final class Counting implements Rewrapping.Listener {
    private int done;
    private final List<String> failures = new ArrayList<>();

    @Override
    public void rewrapped(WrappedKey key) {
      done++;
    }

    @Override
    public void failed(WrappedKey key, GermlineException why) {
      failures.add(why.detail());
    }
  }
}
