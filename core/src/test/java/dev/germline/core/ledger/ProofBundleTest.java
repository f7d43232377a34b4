package dev.germline.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.core.GermlineException;
import dev.germline.core.Sample;
import dev.germline.core.merkle.Changes;
import dev.germline.core.merkle.Forest;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.Edge;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProofBundleTest {
  private final Forest forest = Forest.empty().apply(LedgerSample.changes(6));
  private final SignedStateRoot record = LedgerSample.signed(forest);
  private final Verifier key = LedgerSample.KEY.verifier();
  private final Document document = Sample.document(3);
  private final Edge edge = Sample.edge(document.id(), Sample.chunk(document.id(), 0).id(), "HAS");

  private ProofBundle bundle() {
    return new ProofBundle(
        record,
        List.of(
            ProofBundle.prove(forest, document, Sample.content(3)),
            ProofBundle.prove(forest, edge, null)));
  }

  @Test
  void aBundleIsVerifiedFromItsJsonAndAPublicKey() {
    byte[] json = bundle().toJson();
    Verifier fromPem = Verifier.fromPem(key.toPem());
    assertThat(ProofBundle.verify(json, fromPem))
        .isInstanceOfSatisfying(
            ProofBundle.Outcome.Valid.class,
            valid -> {
              assertThat(valid.root()).isEqualTo(record.root());
              assertThat(valid.entries().getFirst().entity()).isEqualTo(document);
              assertThat(valid.entries().getFirst().content()).contains(Sample.content(3));
              assertThat(valid.entries().getLast().entity()).isEqualTo(edge);
            });
    assertThat(ProofBundle.fromJson(json).toJson()).isEqualTo(json);
  }

  @Test
  void everyFlippedBitIsRejected() {
    byte[] json =
        new ProofBundle(record, List.of(ProofBundle.prove(forest, document, Sample.content(3))))
            .toJson();
    for (int bit = 0; bit < 8 * json.length; bit++) {
      byte[] flipped = json.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(ProofBundle.verify(flipped, key))
          .as("bit %d of %s", bit, (char) json[bit / 8])
          .isInstanceOf(ProofBundle.Outcome.Invalid.class);
    }
  }

  @Test
  void noBytesBringTheVerifierDown() {
    byte[] json = bundle().toJson();
    Random random = new Random(9);
    byte[] tokens = "{}[]\",:-0123456789eE.nulltrue\\\u0000".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 20_000; i++) {
      byte[] changed = json.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        changed[random.nextInt(changed.length)] = tokens[random.nextInt(tokens.length)];
      }
      boolean same = Arrays.equals(changed, json);
      assertThat(ProofBundle.verify(changed, key) instanceof ProofBundle.Outcome.Valid)
          .isEqualTo(same);
    }
    for (String other :
        List.of(
            "", "null", "[]", "{}", "{\"format\":\"germline/proof-bundle/1\"}", "[".repeat(1000))) {
      assertThat(ProofBundle.verify(other.getBytes(StandardCharsets.UTF_8), key))
          .isInstanceOf(ProofBundle.Outcome.Invalid.class);
    }
    for (String number :
        List.of("-9223372036854775808", "9007199254740992", "1e3", "1.0", "1E400")) {
      String text = new String(json, StandardCharsets.UTF_8);
      String forged = text.replaceAll("\"count\":[0-9]+", "\"count\":" + number);
      assertThat(ProofBundle.verify(forged.getBytes(StandardCharsets.UTF_8), key))
          .isInstanceOf(ProofBundle.Outcome.Invalid.class);
    }
  }

  @Test
  void truncatedAndPaddedBundlesAreRejected() {
    byte[] json = bundle().toJson();
    for (int length = 0; length < json.length; length += 7) {
      assertThat(ProofBundle.verify(Arrays.copyOf(json, length), key))
          .isInstanceOf(ProofBundle.Outcome.Invalid.class);
    }
    String text = new String(json, StandardCharsets.UTF_8);
    for (String other : List.of(text + " ", " " + text, text.replaceFirst("\\{", "{\"a\":1,"))) {
      assertThat(ProofBundle.verify(other.getBytes(StandardCharsets.UTF_8), key))
          .isInstanceOf(ProofBundle.Outcome.Invalid.class);
    }
  }

  @Test
  void anotherKeyContentOrStateIsRejected() {
    assertThat(bundle().verify(DeviceKey.fromSeed(seed(1)).verifier()))
        .isInstanceOf(ProofBundle.Outcome.Invalid.class);
    assertThat(invalid(ProofBundle.prove(forest, document, Sample.content(4)))).contains("content");
    Forest other = forest.apply(new Changes(List.of(), List.of(Sample.document(5).ref())));
    assertThat(invalid(ProofBundle.prove(other, document, null))).contains("not in the signed");
    Document moved =
        Document.of(
            "moved.json",
            document.contentHash(),
            List.of(),
            document.mtimeMillis(),
            document.sizeBytes(),
            document.mimeType());
    ProofBundle.Entry honest = ProofBundle.prove(forest, document, null);
    assertThat(invalid(new ProofBundle.Entry(moved, honest.inclusion(), honest.sparse(), null)))
        .contains("root_v2");
    assertThat(invalid(new ProofBundle.Entry(edge, honest.inclusion(), honest.sparse(), null)))
        .contains("DOCUMENT");
  }

  private String invalid(ProofBundle.Entry entry) {
    return switch (new ProofBundle(record, List.of(entry)).verify(key)) {
      case ProofBundle.Outcome.Invalid(String reason) -> reason;
      case ProofBundle.Outcome.Valid _ -> "valid";
    };
  }

  @Test
  void whatIsNotInTheStateCannotBeProven() {
    assertThatThrownBy(() -> ProofBundle.prove(forest, Sample.document(99), null))
        .isInstanceOf(GermlineException.class);
  }

  private static byte[] seed(int n) {
    byte[] seed = new byte[32];
    seed[0] = (byte) n;
    return seed;
  }
}
