package dev.germline.core.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.QuantizedVector;
import org.junit.jupiter.api.Test;

class HashedEmbeddingTest {
  @Test
  void textsThatShareWordsAreNearerThanSuchThatDoNot() {
    QuantizedVector asked = HashedEmbedding.of("reviews TypeScript code");
    int near = cosine(asked, "An adapter for code review of TypeScript projects");
    int far = cosine(asked, "Polite answers to customers in Portuguese");
    assertThat(near).isGreaterThan(far + 200_000);
    assertThat(cosine(asked, "reviews typescript CODE!")).isGreaterThan(999_000);
  }

  @Test
  void aTextWithoutWordsIsNearNothing() {
    assertThat(HashedEmbedding.of(" -- ").squaredNorm()).isZero();
    assertThat(cosine(HashedEmbedding.of(""), "anything")).isZero();
  }

  /** Golden: stored vectors are compared with new ones. */
  @Test
  void theVectorOfATextIsFixed() {
    assertThat(Blake3.hash(HashedEmbedding.of("Germline keeps the family tree").bytes()).toHex())
        .isEqualTo("9ccdd46c076e501587a91cfab6d41c06658d795bd1038662ec63306c157e0903");
  }

  private static int cosine(QuantizedVector a, String b) {
    return HashedEmbedding.cosineMillionths(a, HashedEmbedding.of(b));
  }
}
