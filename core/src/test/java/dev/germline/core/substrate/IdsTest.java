package dev.germline.core.substrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
  private static final String ID = "82878ed8-a480-ee41-7756-36820e05a934";

  @Test
  void orderIsThatOfUnsignedBytes() {
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      byte[] a = new byte[32];
      byte[] b = new byte[32];
      random.nextBytes(a);
      random.nextBytes(b);
      System.arraycopy(a, 0, b, 0, random.nextInt(32));
      assertThat(Digest.of(a).compareTo(Digest.of(b)) > 0)
          .isEqualTo(Arrays.compareUnsigned(a, b) > 0);
      assertThat(EntityId.of(a, 0).compareTo(EntityId.of(b, 0)) > 0)
          .isEqualTo(Arrays.compareUnsigned(a, 0, 16, b, 0, 16) > 0);
    }
  }

  @Test
  void anIdReadsBackFromBothSpellings() {
    assertThat(EntityId.parse(ID)).isEqualTo(EntityId.parse(ID.replace("-", "")));
    assertThat(EntityId.parse(ID)).hasToString(ID);
    assertThat(EntityId.of(EntityId.parse(ID).bytes())).hasToString(ID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8287", "82878ed8-a480-ee41-7756-36820e05a93g", "zz"})
  void whatIsNoIdIsRefused(String text) {
    assertThatThrownBy(() -> EntityId.parse(text))
        .isInstanceOfSatisfying(
            GermlineException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_ID));
    assertThatThrownBy(() -> Digest.parse(text))
        .isInstanceOfSatisfying(
            GermlineException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_ID));
  }

  @Test
  void aDigestDoesNotShareItsBytes() {
    byte[] bytes = new byte[32];
    Digest digest = Digest.of(bytes);
    bytes[0] = 1;
    digest.bytes()[1] = 1;
    assertThat(digest.toHex()).isEqualTo("0".repeat(64));
  }

  @Test
  void spellingsOfOnePathShareAnId() {
    assertThat(PathId.ofPath("a//b/./c/")).isEqualTo(PathId.ofPath("a/b/c"));
    assertThat(PathId.ofPath("/a")).isNotEqualTo(PathId.ofPath("a"));
    assertThat(PathId.ofPath("e\u0301")).isEqualTo(PathId.ofPath("\u00e9"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", ".", "a/../b", "a\nb", "\ud800"})
  void aPathThatNamesNothingIsRefused(String path) {
    assertThatThrownBy(() -> PathId.ofPath(path)).isInstanceOf(GermlineException.class);
  }
}
