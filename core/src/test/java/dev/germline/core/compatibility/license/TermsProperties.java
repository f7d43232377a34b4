package dev.germline.core.compatibility.license;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.core.layers.SpdxExpression;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Terms are a lattice, and the table says what people expect of well-known licences. */
final class TermsProperties {
  private static final LicenseTable TABLE = LicenseTable.standard();
  private static final List<String> IDS =
      List.of(
          "MIT",
          "Apache-2.0",
          "GPL-2.0-only",
          "GPL-3.0-or-later",
          "AGPL-3.0-only",
          "MPL-2.0",
          "CC-BY-SA-4.0",
          "CC-BY-NC-4.0",
          "CC-BY-ND-4.0",
          "LicenseRef-llama3",
          "LicenseRef-mine");

  @Provide
  Arbitrary<Terms> terms() {
    return Arbitraries.of(IDS)
        .map(id -> TABLE.find(id).map(LicenseTable.License::terms).orElse(Terms.unknown(id)));
  }

  @Property(tries = 200)
  void combiningIsAJoin(
      @ForAll("terms") Terms a, @ForAll("terms") Terms b, @ForAll("terms") Terms c) {
    assertThat(a.and(b)).isEqualTo(b.and(a));
    assertThat(a.and(b).and(c)).isEqualTo(a.and(b.and(c)));
    assertThat(a.and(a)).isEqualTo(a);
    assertThat(a.and(Terms.FREE)).isEqualTo(a);
    assertThat(a.and(b).covers(a)).isTrue();
    assertThat(a.covers(Terms.FREE)).isTrue();
  }

  @Property(tries = 200)
  void aChoiceIsNeverWorseThanEitherAndBothNeverBetter(
      @ForAll("terms") Terms a, @ForAll("terms") Terms b, @ForAll boolean commerce) {
    Alternatives one = Alternatives.of(a);
    Alternatives other = Alternatives.of(b);
    assertThat(one.or(other).best(commerce).burden(commerce))
        .isEqualTo(Math.min(a.burden(commerce), b.burden(commerce)));
    assertThat(one.and(other).best(commerce).burden(commerce))
        .isGreaterThanOrEqualTo(Math.max(a.burden(commerce), b.burden(commerce)));
  }

  private static Terms best(String expression) {
    return TABLE.of(SpdxExpression.parse(expression)).best(true);
  }

  @Example
  void expressionsAreReadWithAndBindingCloser() {
    assertThat(best("CC-BY-NC-4.0 OR MIT").commercial()).isTrue();
    assertThat(best("CC-BY-NC-4.0 AND MIT").commercial()).isFalse();
    assertThat(best("MIT OR CC-BY-NC-4.0 AND GPL-3.0-only").licenses()).containsExactly("MIT");
    assertThat(best("(MIT OR CC-BY-NC-4.0) AND GPL-3.0-only").licenses())
        .containsExactly("GPL-3.0-only", "MIT");
  }

  @Example
  void wellKnownPairsComeOutAsPeopleSay() {
    assertThat(best("GPL-2.0-only AND Apache-2.0").releases()).isEmpty();
    assertThat(best("GPL-3.0-only AND Apache-2.0").releases()).contains(Release.GPL_3_0);
    assertThat(best("GPL-2.0-only AND GPL-3.0-only").releases()).isEmpty();
    assertThat(best("GPL-2.0-or-later AND GPL-3.0-only").releases()).contains(Release.GPL_3_0);
    assertThat(best("GPL-2.0+ AND GPL-3.0-only").releases()).contains(Release.GPL_3_0);
    assertThat(best("GPL-3.0-only AND LicenseRef-llama3").releases()).isEmpty();
    assertThat(best("CC-BY-SA-4.0 AND CC-BY-NC-4.0").releases()).isEmpty();
    assertThat(best("GPL-2.0-only WITH Classpath-exception-2.0 AND Apache-2.0").releases())
        .contains(Release.OWN_TERMS);
    assertThat(best("MPL-2.0 AND MIT").releases()).contains(Release.OWN_TERMS);
    assertThat(best("LicenseRef-llama3").useRestricted()).isTrue();
    assertThat(best("LicenseRef-mine").unknown()).isTrue();
    assertThat(TABLE.size()).isGreaterThan(90);
  }
}
