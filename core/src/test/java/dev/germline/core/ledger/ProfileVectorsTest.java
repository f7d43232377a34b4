package dev.germline.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.core.Sample;
import dev.germline.core.Vectors;
import dev.germline.core.merkle.Changes;
import dev.germline.core.merkle.EntityLeaf;
import dev.germline.core.merkle.Forest;
import dev.germline.core.merkle.TreeRoot;
import dev.germline.core.substrate.EntityKind;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * One small history, byte for byte as docs/cp-001-profile.md describes it: two documents with a
 * chunk, an embedding and an edge each, and then one document less. Other implementations can test
 * against the file; changing it needs an ADR.
 */
class ProfileVectorsTest {
  private static final HexFormat HEX = HexFormat.of();

  private static ObjectNode vectors() {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    DeviceKey key = LedgerSample.KEY;
    ObjectNode device = out.putObject("device");
    device.put("seed", "00".repeat(32));
    device.put("public_key", HEX.formatHex(key.verifier().rawKey()));
    device.put("id", key.id().toString());

    MemorySubstrate store = new MemorySubstrate();
    Changes put = LedgerSample.changes(2);
    store.apply(put);
    ObjectNode entities = out.putObject("entities");
    for (EntityLeaf leaf : put.upserts()) {
      ObjectNode entity = entities.putObject(leaf.ref().toString());
      entity.put("canonical_bytes", HEX.formatHex(leaf.entity().canonicalBytes()));
      entity.put("cbor", HEX.formatHex(leaf.cbor()));
      entity.put("leaf_v1", leaf.row().leafV1().toHex());
      entity.put("leaf_v2", leaf.row().leafV2().toHex());
      entity.put("tree_id", leaf.ref().treeId().toString());
    }

    Forest one = Forest.empty().apply(put);
    StateRoot first = StateRoot.first(one.roots(), 1_700_000_000_000L, key.id());
    record(out.putObject("first_record"), key.sign(first));
    CognitiveDiff firstDiff = CognitiveDiff.of(put, Forest.empty().roots().stateRoot(), first);
    out.put("first_diff_cbor", HEX.formatHex(DiffCodec.toCbor(firstDiff)));

    Batch removal = new Batch(List.of(), List.of(Sample.document(0).ref()));
    Changes removed = Integrity.resolve(store, removal);
    Forest two = one.apply(removed);
    StateRoot second = first.next(two.roots(), 1_700_000_001_000L, key.id());
    record(out.putObject("second_record"), key.sign(second));
    CognitiveDiff secondDiff = CognitiveDiff.of(removed, first.hash(), second);
    out.put("second_diff_cbor", HEX.formatHex(DiffCodec.toCbor(secondDiff)));

    ProofBundle bundle =
        new ProofBundle(
            key.sign(first),
            List.of(
                ProofBundle.prove(one, Sample.document(1), Sample.content(1)),
                ProofBundle.prove(one, LedgerSample.entities(2).getLast(), null)));
    out.put("bundle_of_first", new String(bundle.toJson(), StandardCharsets.UTF_8));
    return out;
  }

  private static void record(ObjectNode out, SignedStateRoot record) {
    StateRoot root = record.root();
    for (EntityKind kind : EntityKind.values()) {
      TreeRoot tree = root.roots().of(kind);
      out.put(kind.name().toLowerCase(Locale.ROOT) + "_root", tree.hash().toHex());
      out.put(kind.name().toLowerCase(Locale.ROOT) + "_count", (int) tree.count());
    }
    out.put("root_v2", root.roots().v2().toHex());
    out.put("state_root", root.hash().toHex());
    out.put("payload_v1", HEX.formatHex(root.payloadV1()));
    out.put("payload_v2", HEX.formatHex(root.payloadV2()));
    out.put("record_hash", root.recordHash().toHex());
    out.put("signature_v1", record.v1().toString());
    out.put("signature_v2", record.v2().toString());
  }

  @Test
  void everyByteIsAsItWas() {
    JsonNode expected = Vectors.own("profile.json");
    ObjectNode actual = vectors();
    assertThat(actual.toPrettyString()).isEqualTo(expected.toPrettyString());
  }

  @Test
  void theBundleInTheFileVerifies() {
    JsonNode file = Vectors.own("profile.json");
    byte[] json = file.get("bundle_of_first").asText().getBytes(StandardCharsets.UTF_8);
    Verifier key = Verifier.ofRaw(HEX.parseHex(file.at("/device/public_key").asText()));
    assertThat(ProofBundle.verify(json, key)).isInstanceOf(ProofBundle.Outcome.Valid.class);
  }
}
