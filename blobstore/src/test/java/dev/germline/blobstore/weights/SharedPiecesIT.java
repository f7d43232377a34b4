package dev.germline.blobstore.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.core.weights.Tenant;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What is stored once, or as a difference. */
class SharedPiecesIT extends OnWeightStore {
  @Test
  void whatIsThereIsNotStoredAgain() throws IOException {
    byte[] bytes = model().safetensors();
    put("model.safetensors", bytes);
    long before = index.storedBytes();
    assertComesBack(put("again.safetensors", bytes), bytes);
    assertThat(index.storedBytes()).isEqualTo(before);
    assertThat(index.segments()).isEqualTo(1);
  }

  @Test
  void tenantsShareNothing() throws IOException {
    byte[] bytes = random(8, 100_000);
    put("a.bin", bytes);
    put(new Tenant("other"), "a.bin", bytes, store.noBases());
    assertThat(index.segments()).isEqualTo(2);
  }

  @Test
  void aChildIsStoredAsItsDifferenceToItsParent() throws IOException {
    byte[] parent = model().safetensors();
    byte[] tuned = model().tuned(9).safetensors();
    Stored stored = put("model.safetensors", parent);
    long before = index.storedBytes();

    Stored child = child(tuned, stored);

    assertThat(index.storedBytes() - before).isLessThan(tuned.length * 45L / 100);
    assertComesBack(child, tuned);
  }

  @Test
  void ofAGrownVocabularyOnlyTheNewRowsAreNew() throws IOException {
    byte[] parent = model().safetensors();
    byte[] grown = model().grown("embedding", 500, 10).safetensors();
    Stored stored = put("model.safetensors", parent);
    long before = index.storedBytes();

    Stored child = child(grown, stored);

    assertThat(index.storedBytes() - before).isLessThan(500L * 384 * 2);
    assertComesBack(child, grown);
    byte[] tunedToo = model().tuned(11).grown("embedding", 500, 10).safetensors();
    assertComesBack(child(tunedToo, stored), tunedToo);
  }

  @Test
  void aLongLineOfChildrenStaysReadable() throws IOException {
    SomeModel model = new SomeModel().with("w", 512, 512, 1);
    Stored last = put("model.safetensors", model.safetensors());
    for (int generation = 1; generation <= 9; generation++) {
      model = model.tuned(generation);
      last = child(model.safetensors(), last);
      assertComesBack(last, model.safetensors());
    }
    assertThat(index.recipe(last.recipe()))
        .allSatisfy(
            piece -> assertThat(piece.piece().depth()).isLessThanOrEqualTo(StoredPiece.MAX_DEPTH));
    assertThat(index.recipe(last.recipe()))
        .anySatisfy(piece -> assertThat(piece.piece().depth()).isPositive());
  }

  @Test
  void bytesPutInMoveOnlyThePiecesAroundThem() throws IOException {
    byte[] bytes = random(1, 20 * MIB);
    put("a.bin", bytes);
    long before = index.storedBytes();
    byte[] longer = new byte[bytes.length + 7];
    System.arraycopy(bytes, 0, longer, 0, 5 * MIB);
    System.arraycopy(bytes, 5 * MIB, longer, 5 * MIB + 7, bytes.length - 5 * MIB);

    assertComesBack(put("b.bin", longer), longer);

    assertThat(index.storedBytes() - before).isLessThan(5L * MIB);
  }
}
