package dev.germline.core.retrieval;

import dev.germline.core.substrate.QuantizedVector;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts as vectors without a model: the same text gives the same vector on every machine, so that
 * registries can compare what they found. It knows no synonyms; it knows that "code-review" and
 * "reviews code" share words and letters (docs/sharing.md, "Semantic search").
 *
 * <p>A text is put into NFKC and lower case and cut into words at everything that is neither letter
 * nor digit. Features are each word (weight 3), each two words in a row (2) and each three, four
 * and five characters of {@code ^word$} (1). A feature's FNV-1a hash (64 bit, over UTF-16 code
 * units) chooses one of 256 components by its low byte and the sign by its highest bit. Each
 * component's sum s becomes sign(s)·√|s|, so that what a long text repeats does not drown the rest,
 * and the vector is brought to length 1 and quantised as CP-001 does.
 */
public final class HashedEmbedding {
  /** Components of a vector. */
  public static final int DIMENSION = 256;

  /** A text is looked at up to here, in characters. */
  public static final int MAX_TEXT = 32_768;

  private static final Pattern WORD_FORM = Pattern.compile("[\\p{L}\\p{N}]+");
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final int WORD = 3;
  private static final int PAIR = 2;
  private static final int SHORTEST = 3;
  private static final int LONGEST = 5;

  private HashedEmbedding() {}

  /** The vector of a text; of a text without words all components are 0. */
  public static QuantizedVector of(String text) {
    String cut = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    String plain = Normalizer.normalize(cut, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    int[] sums = new int[DIMENSION];
    String before = "";
    Matcher words = WORD_FORM.matcher(plain);
    while (words.find()) {
      String word = words.group();
      add(sums, word, 0, word.length(), WORD);
      if (!before.isEmpty()) {
        String pair = before + ' ' + word;
        add(sums, pair, 0, pair.length(), PAIR);
      }
      String framed = '^' + word + '$';
      for (int length = SHORTEST; length <= LONGEST; length++) {
        for (int from = 0; from + length <= framed.length(); from++) {
          add(sums, framed, from, from + length, 1);
        }
      }
      before = word;
    }
    return unit(sums);
  }

  /**
   * The cosine of two vectors times 1,000,000, rounded down; 0 if one of them has no direction.
   *
   * @return from -1,000,000 to 1,000,000
   */
  public static int cosineMillionths(QuantizedVector a, QuantizedVector b) {
    long product = 0;
    for (int i = 0; i < DIMENSION; i++) {
      product += (long) a.get(i) * b.get(i);
    }
    double length = Math.sqrt((double) a.squaredNorm()) * Math.sqrt((double) b.squaredNorm());
    return length == 0 ? 0 : (int) Math.floor(Math.clamp(product / length, -1.0, 1.0) * 1_000_000);
  }

  private static void add(int[] sums, String text, int from, int to, int weight) {
    long hash = FNV_OFFSET;
    for (int i = from; i < to; i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    // FNV's low bits are its worst: mix the high ones in.
    hash ^= hash >>> 32;
    sums[(int) (hash & (DIMENSION - 1))] += hash < 0 ? -weight : weight;
  }

  private static QuantizedVector unit(int[] sums) {
    double[] roots = new double[DIMENSION];
    double norm = 0;
    for (int i = 0; i < DIMENSION; i++) {
      roots[i] = Math.signum(sums[i]) * Math.sqrt(Math.abs(sums[i]));
      norm += Math.abs(sums[i]);
    }
    float[] vector = new float[DIMENSION];
    for (int i = 0; norm > 0 && i < DIMENSION; i++) {
      vector[i] = (float) (roots[i] / Math.sqrt(norm));
    }
    return QuantizedVector.quantize(vector);
  }
}
