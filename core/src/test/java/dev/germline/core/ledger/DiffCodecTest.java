package dev.germline.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.sun.management.ThreadMXBean;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.Sample;
import dev.germline.core.cbor.CborMap;
import dev.germline.core.cbor.CborWriter;
import dev.germline.core.merkle.Changes;
import dev.germline.core.merkle.Forest;
import dev.germline.core.substrate.Edge;
import dev.germline.core.substrate.EdgeKey;
import dev.germline.core.substrate.EdgeKind;
import dev.germline.core.substrate.Entity;
import dev.germline.core.substrate.EntityCodec;
import dev.germline.core.substrate.EntityKind;
import dev.germline.core.substrate.EntityRef;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DiffCodecTest {
  private static final long SMALL = 1 << 20;

  private static CognitiveDiff diff() {
    Changes changes = LedgerSample.changes(8);
    Forest after = Forest.empty().apply(changes);
    StateRoot root = LedgerSample.signed(after).root();
    EdgeKey builtIn =
        new EdgeKey(Sample.document(50).id(), Sample.document(51).id(), EdgeKind.CHUNK_TO_CHUNK);
    Changes both =
        new Changes(
            changes.upserts(),
            List.of(
                    Sample.document(40).ref(),
                    EntityRef.chunk(Sample.document(41).id()),
                    EntityRef.embedding(Sample.document(42).id()),
                    EntityRef.edge(builtIn),
                    EntityRef.edge(
                        new EdgeKey(builtIn.source(), builtIn.target(), EdgeKind.custom("X"))))
                .stream()
                .sorted()
                .toList());
    return CognitiveDiff.of(both, Forest.empty().roots().stateRoot(), root);
  }

  private static void assertFault(Fault fault, byte[] frame) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    GermlineException refused = null;
    try {
      DiffCodec.decode(frame);
    } catch (GermlineException e) {
      refused = e;
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(refused).isNotNull();
    assertThat(refused.fault()).as(refused.detail()).isEqualTo(fault);
    assertThat(allocated).as("bytes allocated").isLessThan(SMALL + 8L * frame.length);
  }

  private static byte[] frame(CborMap map) {
    return Zstd.compress(map.toBytes());
  }

  /** A diff that is right but for one field. */
  private static CborMap with(String name, CborWriter value) {
    CborMap map = new CborMap();
    for (String list :
        List.of(
            "documents",
            "chunks",
            "embeddings",
            "edges",
            "removed_documents",
            "removed_chunks",
            "removed_embeddings",
            "removed_edges")) {
      map.put(list, list.equals(name) ? value : new CborWriter().array(0));
    }
    for (String root : List.of("prev_root", "new_root")) {
      map.put(root, root.equals(name) ? value : new CborWriter().bytes(new byte[32]));
    }
    for (String number : List.of("timestamp", "sequence")) {
      map.put(number, number.equals(name) ? value : new CborWriter().integer(1));
    }
    map.put("device_id", name.equals("device_id") ? value : new CborWriter().bytes(new byte[16]));
    return map;
  }

  @Test
  void aDiffReadsBackEqualAndWritesBackTheSameBytes() {
    CognitiveDiff diff = diff();
    CognitiveDiff read = DiffCodec.decode(DiffCodec.encode(diff));
    assertThat(read).isEqualTo(diff);
    assertThat(DiffCodec.toCbor(read)).isEqualTo(DiffCodec.toCbor(diff));
    assertThat(DiffCodec.decode(frame(with("", new CborWriter()))).sequence()).isEqualTo(1);
  }

  @Test
  void aDiffAppliesOnlyWhereItStartsAndToWhereItEnds() {
    Changes changes = LedgerSample.changes(4);
    Forest after = Forest.empty().apply(changes);
    StateRoot root = LedgerSample.signed(after).root();
    CognitiveDiff diff = CognitiveDiff.of(changes, Forest.empty().roots().stateRoot(), root);
    assertThat(diff.applyTo(Forest.empty()).roots()).isEqualTo(after.roots());
    assertThatThrownBy(() -> diff.applyTo(after)).hasMessageContaining("STALE_ROOT");
    CognitiveDiff wrong = CognitiveDiff.of(LedgerSample.changes(3), diff.prevRoot(), root);
    assertThatThrownBy(() -> wrong.applyTo(Forest.empty())).hasMessageContaining("ROOT_MISMATCH");
  }

  @Test
  void unknownFieldsSurviveByteForByte() {
    byte[] odd = {(byte) 0x9f, 0x19, 0x00, 0x01, (byte) 0xfb, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    byte[] document = addField(EntityCodec.encode(Sample.document(1)), "zz_new", odd);
    Entity read = EntityCodec.decode(EntityKind.DOCUMENT, document);
    assertThat(read.unknown().isEmpty()).isFalse();
    assertThat(EntityCodec.encode(read)).isEqualTo(document);
    CborWriter list = new CborWriter().array(1).raw(document);
    byte[] diff = addField(with("documents", list).toBytes(), "zzz_later_version", odd);
    CognitiveDiff decoded = DiffCodec.decode(Zstd.compress(diff));
    assertThat(DiffCodec.toCbor(decoded)).isEqualTo(diff);
  }

  /** Puts a field behind the last of a small map. */
  private static byte[] addField(byte[] map, String key, byte[] value) {
    byte[] copy = map.clone();
    copy[0]++;
    CborWriter out = new CborWriter();
    // A longer key sorts last, since the length leads its encoding.
    String last = "z".repeat(Math.max(0, 23 - key.length())) + key;
    return out.raw(copy).text(last).raw(value).toBytes();
  }

  @Test
  void bombsAreRefusedByTheirStatedSize() {
    byte[] bomb = Zstd.compress(new byte[200 << 20]);
    assertFault(Fault.LIMIT_EXCEEDED, bomb);
    DiffCodec.Limits oneItem = new DiffCodec.Limits(1 << 20, 1 << 20, 1);
    byte[] two = frame(with("removed_documents", new CborWriter().array(2).integer(1).integer(2)));
    assertThatThrownBy(() -> DiffCodec.decode(two, oneItem)).hasMessageContaining("LIMIT_EXCEEDED");
    DiffCodec.Limits tiny = new DiffCodec.Limits(10, 1 << 20, 1);
    assertThatThrownBy(() -> DiffCodec.decode(two, tiny)).hasMessageContaining("LIMIT_EXCEEDED");
  }

  @Test
  void framesThatLieAboutTheirSizeAreRefused() {
    byte[] honest = Zstd.compress(new byte[100]);
    assertThat(Zstd.getFrameContentSize(honest)).isEqualTo(100);
    // A single-segment frame of one byte of content size; restate it in four bytes as 60 MiB.
    byte[] lying = new byte[honest.length + 3];
    System.arraycopy(honest, 0, lying, 0, 4);
    lying[4] = (byte) (0xa0 | (honest[4] & 0x1f));
    int size = 60 << 20;
    for (int i = 0; i < 4; i++) {
      lying[5 + i] = (byte) (size >>> (8 * i));
    }
    System.arraycopy(honest, 6, lying, 9, honest.length - 6);
    assertThat(Zstd.getFrameContentSize(lying)).isEqualTo(size);
    assertFault(Fault.MALFORMED_DIFF, lying);
  }

  @Test
  void truncatedFramesAndTrailingBytesAreRefused() {
    byte[] frame = DiffCodec.encode(diff());
    for (int length = 0; length < frame.length; length++) {
      assertFault(Fault.MALFORMED_DIFF, Arrays.copyOf(frame, length));
    }
    assertFault(Fault.MALFORMED_DIFF, Arrays.copyOf(frame, frame.length + 1));
    byte[] twice = Arrays.copyOf(frame, 2 * frame.length);
    System.arraycopy(frame, 0, twice, frame.length, frame.length);
    assertFault(Fault.MALFORMED_DIFF, twice);
    byte[] cbor = DiffCodec.toCbor(diff());
    assertFault(Fault.MALFORMED_DIFF, Zstd.compress(Arrays.copyOf(cbor, cbor.length + 1)));
    for (int length = 1; length < cbor.length; length += 11) {
      assertFault(Fault.MALFORMED_DIFF, Zstd.compress(Arrays.copyOf(cbor, length)));
    }
  }

  @Test
  void wrongCountsAreRefused() {
    byte[] document = EntityCodec.encode(Sample.document(1));
    for (long count : new long[] {0, 2, 3, 1_000_000}) {
      CborWriter list = new CborWriter().array(count).raw(document);
      assertFault(Fault.MALFORMED_DIFF, frame(with("documents", list)));
    }
    assertFault(
        Fault.MALFORMED_DIFF,
        frame(with("removed_documents", new CborWriter().array(1).bytes(new byte[15]))));
    assertFault(Fault.MALFORMED_DIFF, frame(with("prev_root", new CborWriter().simple(22))));
  }

  @Test
  void repeatedAndUnorderedKeysAreRefused() {
    byte[] a = EntityCodec.encode(Sample.document(1));
    byte[] b = EntityCodec.encode(Sample.document(2));
    boolean ascending = Sample.document(1).id().compareTo(Sample.document(2).id()) < 0;
    CborWriter twice = new CborWriter().array(2).raw(a).raw(a);
    CborWriter descending = new CborWriter().array(2).raw(ascending ? b : a).raw(ascending ? a : b);
    assertFault(Fault.MALFORMED_DIFF, frame(with("documents", twice)));
    assertFault(Fault.MALFORMED_DIFF, frame(with("documents", descending)));
    CborWriter map = new CborWriter().map(2).text("a").integer(1).text("a").integer(1);
    assertFault(Fault.MALFORMED_DIFF, Zstd.compress(map.toBytes()));
    CborMap both = with("documents", new CborWriter().array(1).raw(a));
    byte[] edge =
        EntityCodec.encode(
            Edge.of(Sample.document(1).id(), Sample.document(2).id(), EdgeKind.DOC_TO_CHUNK));
    assertThat(DiffCodec.decode(frame(both)).documents()).hasSize(1);
    assertFault(
        Fault.MALFORMED_DIFF, frame(with("documents", new CborWriter().array(1).raw(edge))));
  }

  @Test
  void anEntityThatContradictsItselfIsRefused() {
    byte[] document = EntityCodec.encode(Sample.document(1));
    int id = indexOf(document, Sample.document(1).id().bytes());
    document[id] ^= 1;
    assertFault(
        Fault.INVALID_ENTITY, frame(with("documents", new CborWriter().array(1).raw(document))));
  }

  private static int indexOf(byte[] in, byte[] what) {
    for (int i = 0; ; i++) {
      if (Arrays.equals(in, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
  }

  @Test
  void noBytesBringTheDecoderDown() {
    Random random = new Random(5);
    byte[] cbor = DiffCodec.toCbor(diff());
    for (int i = 0; i < 20_000; i++) {
      byte[] changed = cbor.clone();
      for (int n = random.nextInt(3); n >= 0; n--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      try {
        CognitiveDiff read = DiffCodec.fromCbor(changed, DiffCodec.Limits.DEFAULT);
        assertThat(DiffCodec.toCbor(read)).isEqualTo(changed);
      } catch (GermlineException refused) {
        assertThat(refused.fault()).isNotEqualTo(Fault.INTERNAL);
      }
    }
  }
}
