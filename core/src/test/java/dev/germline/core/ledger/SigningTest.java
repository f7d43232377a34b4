package dev.germline.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.core.GermlineException;
import dev.germline.core.Sample;
import dev.germline.core.Vectors;
import dev.germline.core.merkle.Forest;
import dev.germline.core.substrate.DeviceId;
import dev.germline.core.substrate.Digest;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SigningTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void theFirstVectorOfRfc8032() {
    DeviceKey key =
        DeviceKey.fromSeed(
            HEX.parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
    assertThat(HEX.formatHex(key.verifier().rawKey()))
        .isEqualTo("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    assertThat(key.sign(new byte[0]))
        .hasToString(
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                + "d25bf5f0595bbe24655141438e7a100b");
  }

  @Test
  void theWycheproofVectors() {
    int checked = 0;
    for (JsonNode group : Vectors.read("wycheproof_ed25519_test.json").get("testGroups")) {
      Verifier key = Verifier.ofRaw(HEX.parseHex(group.get("publicKey").get("pk").asText()));
      for (JsonNode test : group.get("tests")) {
        boolean valid = test.get("result").asText().equals("valid");
        byte[] signature = HEX.parseHex(test.get("sig").asText());
        boolean accepted =
            signature.length == Signature.BYTES
                && key.verify(HEX.parseHex(test.get("msg").asText()), Signature.of(signature));
        assertThat(accepted).as(test.toString()).isEqualTo(valid);
        checked++;
      }
    }
    assertThat(checked).isEqualTo(151);
  }

  @Test
  void keysSurvivePem() {
    DeviceKey key = DeviceKey.generate(new SecureRandom());
    DeviceKey read = DeviceKey.fromPem(key.toPem());
    assertThat(read.id()).isEqualTo(key.id());
    assertThat(read.sign(new byte[] {1})).isEqualTo(key.sign(new byte[] {1}));
    assertThat(Verifier.fromPem(key.verifier().toPem()).device()).isEqualTo(key.id());
    // As written by openssl genpkey -algorithm ed25519 (RFC 8410 section 10.3).
    String rfc8410 =
        """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
        -----END PRIVATE KEY-----
        """;
    String published =
        """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
        -----END PUBLIC KEY-----
        """;
    assertThat(DeviceKey.fromPem(rfc8410).verifier().toPem()).isEqualTo(published);
    assertThat(DeviceKey.fromPem(rfc8410).toPem()).isEqualTo(rfc8410);
  }

  @Test
  void whatIsNoKeyIsRefusedWithoutRepeatingIt() {
    for (String pem :
        new String[] {
          "", "secret", "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----"
        }) {
      assertThatThrownBy(() -> DeviceKey.fromPem(pem))
          .isInstanceOf(GermlineException.class)
          .hasMessageNotContaining("c2VjcmV0");
      assertThatThrownBy(() -> Verifier.fromPem(pem)).isInstanceOf(GermlineException.class);
    }
    assertThatThrownBy(() -> Verifier.ofRaw(new byte[31])).isInstanceOf(GermlineException.class);
  }

  @Test
  void payloadsHaveTheBytesOfTheProfile() {
    DeviceId device = LedgerSample.KEY.id();
    Forest forest = Forest.empty().apply(LedgerSample.changes(2));
    StateRoot first = StateRoot.first(Forest.empty().roots(), 5, device);
    StateRoot second = first.next(forest.roots(), 0x0102030405060708L, device);
    String parent = first.hash().toHex();
    String flatDevice = device.toString().replace("-", "");
    assertThat(HEX.formatHex(second.payloadV1()))
        .isEqualTo(second.hash() + parent + "0807060504030201" + flatDevice + "0200000000000000");
    assertThat(HEX.formatHex(first.payloadV1()))
        .isEqualTo(
            first.hash() + "0".repeat(64) + "0500000000000000" + flatDevice + "0100000000000000");
    String tag =
        "15"
            + HEX.formatHex(
                "germline/state-root/2".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    String counts = "0200000000000000".repeat(4);
    String roots =
        ""
            + forest.roots().documents().hash()
            + forest.roots().chunks().hash()
            + forest.roots().embeddings().hash()
            + forest.roots().edges().hash();
    assertThat(HEX.formatHex(second.payloadV2()))
        .isEqualTo(
            tag
                + counts
                + roots
                + "01"
                + parent
                + "01"
                + first.recordHash()
                + "0807060504030201"
                + flatDevice
                + "0200000000000000"
                + forest.roots().v2());
    assertThat(first.payloadV2()).hasSize(22 + 32 + 128 + 2 + 32 + 32);
  }

  @Test
  void aSignedRecordIsBoundToItsDevice() {
    SignedStateRoot signed = LedgerSample.signed(Forest.empty());
    Verifier key = LedgerSample.KEY.verifier();
    assertThat(key.verify(signed)).isTrue();
    assertThat(key.verify(new SignedStateRoot(signed.root(), signed.v2(), signed.v1()))).isFalse();
    DeviceKey other = DeviceKey.generate(new SecureRandom());
    assertThat(other.verifier().verify(signed)).isFalse();
    assertThatThrownBy(() -> other.sign(signed.root()))
        .isInstanceOf(IllegalArgumentException.class);
    StateRoot later =
        new StateRoot(signed.root().roots(), null, null, 1, signed.root().device(), 1);
    assertThat(key.verify(new SignedStateRoot(later, signed.v1(), signed.v2()))).isFalse();
  }

  @Test
  void aRecordNamesItsPredecessorUnlessItIsTheFirst() {
    Digest some = Sample.digest(1);
    DeviceId device = LedgerSample.KEY.id();
    var roots = Forest.empty().roots();
    assertThatThrownBy(() -> new StateRoot(roots, some, some, 1, device, 1))
        .isInstanceOf(GermlineException.class);
    assertThatThrownBy(() -> new StateRoot(roots, null, some, 1, device, 2))
        .isInstanceOf(GermlineException.class);
    assertThatThrownBy(() -> new StateRoot(roots, some, some, 1, device, 0))
        .isInstanceOf(GermlineException.class);
  }
}
