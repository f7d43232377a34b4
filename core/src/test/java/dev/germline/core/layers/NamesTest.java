package dev.germline.core.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @Test
  void aNameIsReadAndWrittenTheSame() {
    LayerName name = LayerName.parse("baai/bge-small-en-v1.5@1.5.0-rc.1");

    assertThat(name.namespace()).isEqualTo("baai");
    assertThat(name.name()).isEqualTo("bge-small-en-v1.5");
    assertThat(name.version().preRelease()).isTrue();
    assertThat(name).hasToString("baai/bge-small-en-v1.5@1.5.0-rc.1");
    assertThat(name.family().at(name.version())).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "a/b",
        "a@1.0.0",
        "/b@1.0.0",
        "a/@1.0.0",
        "a/b@",
        "A/b@1.0.0",
        "a/b/c@1.0.0",
        "a/-b@1.0.0",
        "a/b.@1.0.0",
        "../b@1.0.0",
        "a/..@1.0.0",
        "a/b@1.0",
        "a/b@1.0.0.0",
        "a/b@01.0.0",
        "a/b@1.0.0-01",
        "a/b@1.0.0+build",
        "a/b@1.0.0-",
        "a/b@v1.0.0",
        "a/b@1.0.0 ",
        "a/b@1.0.0\n",
        "ä/b@1.0.0",
        "a/b@1.0.0@1.0.0",
        "a/b@4294967296.0.0.0",
        "a/b@9999999999.0.0",
        "a\u0000/b@1.0.0"
      })
  void refusesNamesThatAreNotStrictlyOne(String text) {
    assertThatThrownBy(() -> LayerName.parse(text))
        .isInstanceOfSatisfying(
            GermlineException.class,
            refused -> assertThat(refused.fault()).isEqualTo(Fault.INVALID_NAME));
  }

  @Test
  void refusesPartsOfMoreThan96Characters() {
    assertThat(LayerName.of("a".repeat(96), "b", "1.0.0").namespace()).hasSize(96);
    assertThatThrownBy(() -> LayerName.of("a".repeat(97), "b", "1.0.0"))
        .hasMessageContaining("1 to 96");
  }

  @Test
  void versionsAreOrderedByPrecedence() {
    List<String> ordered =
        List.of(
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "1.2.0",
            "1.10.0",
            "2.0.0");

    assertThat(
            Stream.of(
                    "2.0.0",
                    "1.0.0-beta.11",
                    "1.10.0",
                    "1.0.0-alpha.beta",
                    "1.0.0-rc.1",
                    "1.0.0-alpha",
                    "1.0.0",
                    "1.0.0-beta",
                    "1.2.0",
                    "1.0.0-alpha.1",
                    "1.0.0-beta.2")
                .map(LayerVersion::parse)
                .sorted()
                .map(LayerVersion::text))
        .containsExactlyElementsOf(ordered);
  }

  @ParameterizedTest
  @CsvSource({
    "^1.2, 1.9.9, true",
    "^1.2, 2.0.0, false",
    ">=1.0.0 <2.0.0, 1.5.0, true",
    "1.x || 3.x, 3.1.0, true",
    "1.x || 3.x, 2.1.0, false",
    "1.0.0 - 1.4.0, 1.4.0, true",
    "*, 7.0.0, true",
    "^1.0.0-rc.1, 1.0.0-rc.2, true",
    "^1.0.0, 2.0.0-rc.1, false"
  })
  void rangesIncludeWhatNpmWouldInstall(String range, String version, boolean included) {
    assertThat(VersionRange.parse(range).includes(LayerVersion.parse(version))).isEqualTo(included);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "foo",
        "latest",
        "=>1",
        "^^1",
        "<",
        "1 || foo",
        "1 ||",
        "99999999999.1.1",
        "^1.2.3.4",
        ">=1.0.0 foo",
        "1.0.0 -- 2"
      })
  void refusesRangesThatItWouldMisread(String range) {
    assertThatThrownBy(() -> VersionRange.parse(range))
        .isInstanceOf(GermlineException.class)
        .hasMessageContaining("version range");
  }

  @Test
  void aReferencePinsTheRecord() {
    LayerRef ref = LayerRef.to(Layers.bge("1.5.0"));

    assertThat(LayerRef.parse(ref.toString())).isEqualTo(ref);
    assertThat(ref).isNotEqualTo(LayerRef.to(Layers.bge("1.5.0").withFiles(List.of())));
    assertThatThrownBy(() -> LayerRef.parse("a/b@1.0.0")).hasMessageContaining("no digest");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"model.onnx", "a/b/c.json", ".gitattributes", "..a", "a..b/c", "中文/Ω ü.bin"})
  void takesRelativePaths(String path) {
    assertThat(FilePath.parse(path)).hasToString(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/etc/passwd",
        "../x",
        "a/../b",
        "a/..",
        ".",
        "./a",
        "a//b",
        "a/",
        "a\\b",
        "..\\x",
        "C:/x",
        "a\u0000",
        "a\nb",
        "a\u202eb",
        "a\u0301",
        "\ud800",
        "a\u007f",
        "a\u0085"
      })
  void refusesPathsThatLeaveTheFolderOrHideWhatTheyAre(String path) {
    assertThatThrownBy(() -> FilePath.parse(path))
        .isInstanceOfSatisfying(
            GermlineException.class,
            refused -> {
              assertThat(refused.fault()).isEqualTo(Fault.INVALID_NAME);
              assertThat(refused.detail()).startsWith("file path '").doesNotContain("\u0000");
            });
  }

  @Test
  void refusesPathsLongerThanFileSystemsTake() {
    String segment = "s".repeat(255);
    assertThat(FilePath.parse(segment).fileName()).isEqualTo(segment);
    assertThatThrownBy(() -> FilePath.parse(segment + "s")).hasMessageContaining("255");
    assertThatThrownBy(() -> FilePath.parse("ä".repeat(128))).hasMessageContaining("255");
    assertThatThrownBy(() -> FilePath.parse((segment + "/").repeat(4) + "ssss"))
        .hasMessageContaining("1024");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MIT",
        "Apache-2.0",
        "GPL-2.0+",
        "MIT OR Apache-2.0",
        "LicenseRef-llama3.1",
        "(MIT AND BSD-3-Clause) OR GPL-2.0-only WITH Classpath-exception-2.0",
        "DocumentRef-a:LicenseRef-b"
      })
  void takesSpdxExpressions(String text) {
    assertThat(SpdxExpression.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "AND",
        "MIT OR",
        "MIT Apache-2.0",
        "(MIT",
        "MIT)",
        "()",
        "MIT/X11",
        "MIT WITH",
        "MIT, BSD",
        "a:b",
        "WITH MIT"
      })
  void refusesOtherTermsThanSpdx(String text) {
    assertThatThrownBy(() -> SpdxExpression.parse(text)).isInstanceOf(GermlineException.class);
  }
}
