package dev.germline.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RenderingTest {
  @Test
  void bytesAreInTheLargestUnitThatFits() {
    assertThat(Sizes.bytes(0)).isEqualTo("0 B");
    assertThat(Sizes.bytes(1023)).isEqualTo("1023 B");
    assertThat(Sizes.bytes(1024)).isEqualTo("1.0 KiB");
    assertThat(Sizes.bytes(133_093_490)).isEqualTo("126.9 MiB");
    assertThat(Sizes.bytes((1L << 20) - 1)).isEqualTo("1.0 MiB");
    assertThat(Sizes.bytes(Long.MAX_VALUE)).isEqualTo("8192.0 PiB");
  }

  @Test
  void timesAreInWordsOfTheirLength() {
    assertThat(Sizes.duration(Duration.ofMillis(400))).isEqualTo("0 s");
    assertThat(Sizes.duration(Duration.ofMillis(59_400))).isEqualTo("59 s");
    assertThat(Sizes.duration(Duration.ofSeconds(185))).isEqualTo("3 min 05 s");
    assertThat(Sizes.duration(Duration.ofMinutes(130))).isEqualTo("2 h 10 min");
    assertThat(Sizes.took(Duration.ofMillis(1_840))).isEqualTo("1.8 s");
  }

  @Test
  void columnsAreAlignedAndLinesEndWithTheirText() {
    List<String> lines =
        new Table("<><").row("a", "1 B", "x").row("longer", "12.0 KiB", "").lines();
    assertThat(lines).containsExactly("a            1 B  x", "longer  12.0 KiB");
    assertThatThrownBy(() -> new Table("<").row(1, 2)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void treesAreDrawnWithLines() {
    Tree tree =
        new Tree(
            "root",
            List.of(
                new Tree("a", List.of(new Tree("a1", List.of()), new Tree("a2", List.of()))),
                new Tree("b", List.of(new Tree("b1", List.of())))));
    assertThat(tree.lines())
        .containsExactly("root", "├── a", "│   ├── a1", "│   └── a2", "└── b", "    └── b1");
  }

  @Test
  void theBarShowsPartRateAndRemainingTime() {
    assertThat(Progress.bar("uploading", 64L << 20, 128L << 20, 32 << 20, 100))
        .isEqualTo(
            "uploading [###############---------------]  50%  64.0 MiB of 128.0 MiB  32.0 MiB/s  ETA 2 s");
    assertThat(Progress.bar("x", 0, 100, 0, 80)).contains("  0%").doesNotContain("ETA");
    assertThat(Progress.bar("x", 100, 100, 50, 80)).contains("100%").doesNotContain("ETA");
    assertThat(Progress.bar("x", 0, 0, 0, 80)).contains("100%");
  }

  @Test
  void theBarNeverFillsTheLine() {
    for (int columns = 40; columns <= 120; columns++) {
      assertThat(Progress.bar("uploading", 1L << 40, 1L << 41, 1e9, columns))
          .hasSizeLessThan(columns);
    }
  }

  @Test
  void foreignTextCannotMoveTheCursor() {
    assertThat(Terminal.plain("a\u001b[2Jb\r\nc\u202ed")).isEqualTo("a [2Jb  c\ufffdd");
    assertThat(new Table("<").row("a\u001b[31m").lines()).containsExactly("a [31m");
  }
}
