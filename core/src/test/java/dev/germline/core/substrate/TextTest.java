package dev.germline.core.substrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.core.GermlineException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {
  @ParameterizedTest
  @CsvSource({
    "'','\n'",
    "'a','a\n'",
    "'a\n\n\n','a\n'",
    "'a \t\r\nb\r','a\nb\n'",
    "' a',' a\n'",
    "'a\n \n b','a\n\n b\n'",
    "'e\u0301','\u00e9\n'",
    "' \n\t','\n'",
    "'\r\r\n','\n'"
  })
  void canonicalFormsByExample(String text, String canonical) {
    assertThat(CanonicalText.of(text)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0x9, 0xB, 0xC, 0x20, 0x85, 0xA0, 0x1680, 0x2000, 0x2007, 0x200A, 0x2028, 0x2029, 0x202F,
        0x205F, 0x3000
      })
  void unicodeWhiteSpaceIsTrimmedAtTheEndOfALine(int codePoint) {
    String space = Character.toString(codePoint);
    assertThat(CanonicalText.of("a" + space + "\nb" + space)).isEqualTo("a\nb\n");
    assertThat(CanonicalText.of("a" + space + "b")).contains("a").endsWith("b\n").hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x1C, 0x1D, 0x1E, 0x1F, 0x200B, 0xFEFF, 0x180E})
  void whatIsNoWhiteSpaceInUnicodeStays(int codePoint) {
    String text = "a" + Character.toString(codePoint) + "\n";
    assertThat(CanonicalText.of(text)).isEqualTo(text);
  }

  @Property
  void canonicalisingTwiceChangesNothing(@ForAll String text) {
    if (text.chars().anyMatch(c -> Character.isSurrogate((char) c))) {
      return; // jqwik makes unpaired ones too
    }
    String once = CanonicalText.of(text);
    assertThat(CanonicalText.of(once)).isEqualTo(once);
    assertThat(once).endsWith("\n").doesNotEndWith("\n\n").doesNotContain("\r");
  }

  @Test
  void quantisationRoundsHalfToEvenAndClamps() {
    assertThat(QuantizedVector.quantize(0f, -0f, 1f, -1f, 2f, -2f))
        .isEqualTo(
            QuantizedVector.of(
                (short) 0,
                (short) 0,
                (short) 32767,
                (short) -32767,
                (short) 32767,
                (short) -32767));
    // 0.5 and -0.5 are the only ties in range: 16383.5 goes to the even 16384, on both sides.
    assertThat(QuantizedVector.quantize(0.5f, -0.5f, 0.75f, 0.25f))
        .isEqualTo(QuantizedVector.of((short) 16384, (short) -16384, (short) 24575, (short) 8192));
    assertThatThrownBy(() -> QuantizedVector.quantize(Float.NaN))
        .isInstanceOf(GermlineException.class);
    assertThatThrownBy(() -> QuantizedVector.quantize(Float.POSITIVE_INFINITY))
        .isInstanceOf(GermlineException.class);
  }

  @Test
  void aShortTextIsOneChunk() {
    assertThat(Chunker.DEFAULT.cut("One line.\r\nTwo  "))
        .containsExactly(new Chunker.Piece("One line.\nTwo\n", 0, 16));
    assertThat(Chunker.DEFAULT.cut("")).isEmpty();
    assertThat(Chunker.DEFAULT.cut(" \n\u00a0\n")).isEmpty();
    assertThat(Chunker.DEFAULT.cut(" ".repeat(3000))).isEmpty();
  }

  @Test
  void cutsGoWhereTheTextHasThem() {
    String words = "w ".repeat(240);
    List<Chunker.Piece> byParagraph =
        Chunker.DEFAULT.cut(words + "end.\n\n" + words + "end.\n" + words + "end. " + words);
    assertThat(byParagraph).hasSizeGreaterThan(3);
    assertThat(byParagraph.get(0).text()).endsWith("end.\n");
    assertThat(byParagraph.get(0).byteLength()).isEqualTo(480 + 6);
    assertThat(byParagraph.get(1).text()).endsWith("end.\n");
    assertThat(byParagraph.get(2).text()).endsWith("end.\n");
  }

  @Test
  void chunksOverlapByThirtyTwoTokens() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      text.append('w').append(i).append(' ');
    }
    List<Chunker.Piece> pieces = Chunker.DEFAULT.cut(text.toString());
    for (int i = 1; i < pieces.size(); i++) {
      List<String> before = List.of(pieces.get(i - 1).text().strip().split(" "));
      List<String> after = List.of(pieces.get(i).text().strip().split(" "));
      assertThat(before).hasSize(256);
      assertThat(after.subList(0, 32)).isEqualTo(before.subList(224, 256));
    }
  }

  @Test
  void wordsWithoutAnEndAreCutToo() {
    String base64 = "QUJD".repeat(20_000);
    List<Chunker.Piece> pieces = Chunker.DEFAULT.cut(base64);
    assertThat(pieces).hasSizeGreaterThan(10);
    assertThat(pieces).allMatch(p -> p.byteLength() <= 512 * 16);
    String marks = "a" + "\u0301".repeat(40_000);
    assertThat(Chunker.DEFAULT.cut(marks)).hasSizeGreaterThan(1);
  }

  @Property(tries = 200)
  void chunksCoverTheTextAndStayBelowTheMaximum(
      @ForAll @StringLength(max = 800) @CharRange(from = 'a', to = 'e') String letters,
      @ForAll @IntRange(min = 2, max = 40) int target,
      @ForAll @IntRange(max = 10) int overlap) {
    String text =
        letters.replace('a', ' ').replace('b', '\n').replace("cd", ". ").replace('d', '\u00e9');
    Chunker chunker = new Chunker(target, 2 * target, Math.min(overlap, target / 2 - 1));
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    boolean[] covered = new boolean[bytes.length];
    for (Chunker.Piece piece : chunker.cut(text)) {
      int from = (int) piece.byteOffset();
      int end = from + (int) piece.byteLength();
      String slice = new String(bytes, from, end - from, StandardCharsets.UTF_8);
      assertThat(CanonicalText.of(slice)).isEqualTo(piece.text());
      assertThat(new Tokens(slice).count()).isLessThanOrEqualTo(2 * target);
      java.util.Arrays.fill(covered, from, end, true);
    }
    for (int i = 0; i < bytes.length; i++) {
      assertThat(covered[i] || bytes[i] == ' ' || bytes[i] == '\n').isTrue();
    }
  }

  @Test
  void theChunksOfADocumentGiveItsHierarchicalHash() {
    String text = "A sentence of words. ".repeat(400);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Digest content = dev.germline.core.merkle.Blake3.hash(bytes);
    List<Chunk> chunks = Chunker.DEFAULT.chunks(Document.idOf(content), text);
    List<Digest> hashes = new ArrayList<>();
    chunks.forEach(c -> hashes.add(c.textHash()));
    Document d = Document.of("a.txt", content, hashes, 0, bytes.length, "text/plain");
    byte[] joined = new byte[32 * chunks.size()];
    for (int i = 0; i < chunks.size(); i++) {
      assertThat(chunks.get(i).sequence()).isEqualTo(i);
      assertThat(chunks.get(i).documentId()).isEqualTo(d.id());
      chunks.get(i).textHash().copyTo(joined, 32 * i);
    }
    assertThat(chunks).hasSizeGreaterThan(5);
    assertThat(d.hierarchicalHash()).isEqualTo(dev.germline.core.merkle.Blake3.hash(joined));
  }
}
