package dev.germline.blobstore.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.blobstore.segment.DataKey;
import dev.germline.blobstore.segment.DataKeyId;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.weights.Tenant;
import java.util.Base64;
import java.util.Random;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyRingTest {
  private static final Tenant ACME = new Tenant("acme");

  private final DataKey key =
      new DataKey(DataKeyId.random(), ACME, new SecretKeySpec(random(1), "AES"));

  @Test
  void theFirstKeyWrapsAndAllUnwrap() {
    KeyRing before = KeyRing.parse(entry("old", 2));
    KeyRing after = KeyRing.parse(" " + entry("new", 3) + " , " + entry("old", 2) + "\n");

    Wrapping wrapping = before.wrap(key);

    assertThat(wrapping.masterKey()).isEqualTo("old");
    assertThat(after.unwrap(key.id(), ACME, wrapping)).isEqualTo(key);
    assertThat(after.wrap(key).masterKey()).isEqualTo("new");
    assertThat(after.wrap(key)).isNotEqualTo(after.wrap(key));
  }

  @Test
  void aKeyThatIsNotConfiguredIsNamed() {
    Wrapping wrapping = KeyRing.parse(entry("old", 2)).wrap(key);

    assertUnavailable(
        () -> KeyRing.parse(entry("new", 3)).unwrap(key.id(), ACME, wrapping),
        "master key old, which is not configured");
    assertUnavailable(
        () -> KeyRing.parse(entry("old", 9)).unwrap(key.id(), ACME, wrapping),
        "does not open with the master key old");
    assertUnavailable(() -> KeyRing.parse("").wrap(key), "no master key is configured");
  }

  @Test
  void aWrappingHoldsForItsTenantAndIdOnly() {
    KeyRing ring = KeyRing.parse(entry("main", 2));
    Wrapping wrapping = ring.wrap(key);

    assertUnavailable(() -> ring.unwrap(key.id(), new Tenant("other"), wrapping), "does not open");
    assertUnavailable(() -> ring.unwrap(DataKeyId.random(), ACME, wrapping), "does not open");
  }

  @Test
  void everyFlippedBitAndEveryCutOfAWrappingIsNoticed() {
    KeyRing ring = KeyRing.parse(entry("main", 2));
    byte[] bytes = ring.wrap(key).bytes();
    assertThat(bytes).hasSize(12 + 32 + 16);

    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertUnavailable(
          () -> ring.unwrap(key.id(), ACME, new Wrapping("main", flipped)), "does not open");
    }
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(bytes, length);
      assertUnavailable(
          () -> ring.unwrap(key.id(), ACME, new Wrapping("main", cut)), "does not open");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "main|not NAME:BASE64",
        ":AAAA|not NAME:BASE64",
        "a b:AAAA|not NAME:BASE64",
        "main:!!|not base64",
        "main:AAAA|of 3 bytes and needs 32",
      })
  void aWrongEntryIsNamedWithoutItsKey(String text, String complaint) {
    assertThatThrownBy(() -> KeyRing.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(complaint)
        .hasMessageNotContaining("AAAA");
  }

  @Test
  void aNameTwiceIsRefused() {
    assertThatThrownBy(() -> KeyRing.parse(entry("main", 1) + "," + entry("main", 2)))
        .hasMessageContaining("names the key main twice");
  }

  private static void assertUnavailable(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            GermlineException.class,
            refused -> assertThat(refused.fault()).isEqualTo(Fault.KEY_UNAVAILABLE))
        .hasMessageContaining(message);
  }

  static String entry(String name, int seed) {
    return name + ":" + Base64.getEncoder().encodeToString(random(seed));
  }

  private static byte[] random(int seed) {
    byte[] bytes = new byte[32];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
