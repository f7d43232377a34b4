package dev.germline.core.ledger;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.merkle.Roots;
import dev.germline.core.merkle.TreeRoot;
import dev.germline.core.substrate.DeviceId;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One state of the substrate and its place in history (CP-001 section 5), before it is signed.
 *
 * @param roots what the state is
 * @param parent the state root before, null for the first; roots can repeat, so it does not name a
 *     record
 * @param prevRecord {@link #recordHash} of the record before, null for the first
 * @param timestampMillis milliseconds since 1970-01-01 UTC
 * @param device who signs
 * @param sequence 1 for the first record, then one more each
 */
public record StateRoot(
    Roots roots,
    @Nullable Digest parent,
    @Nullable Digest prevRecord,
    long timestampMillis,
    DeviceId device,
    long sequence) {

  private static final byte[] TAG = "germline/state-root/2".getBytes(StandardCharsets.US_ASCII);

  public StateRoot {
    boolean first = sequence == 1;
    if (sequence < 1 || first != (parent == null) || first != (prevRecord == null)) {
      throw new GermlineException(
          Fault.CHAIN_BROKEN,
          "record %d must%s name the record before it".formatted(sequence, first ? " not" : ""));
    }
  }

  /** The record that follows this one. */
  public StateRoot next(Roots next, long timestampMillis, DeviceId device) {
    return new StateRoot(next, hash(), recordHash(), timestampMillis, device, sequence + 1);
  }

  /** The first record of a history. */
  public static StateRoot first(Roots roots, long timestampMillis, DeviceId device) {
    return new StateRoot(roots, null, null, timestampMillis, device, 1);
  }

  /** The CP-001 state root. */
  public Digest hash() {
    return roots.stateRoot();
  }

  /** What identifies this record in history: BLAKE3 of {@link #payloadV2}. */
  public Digest recordHash() {
    return Blake3.hash(payloadV2());
  }

  /**
   * What the CP-001 signature covers: hash ‖ parent (zeros if absent) ‖ timestamp ‖ device ‖
   * sequence, numbers little-endian, 96 bytes.
   */
  public byte[] payloadV1() {
    ByteBuffer out = ByteBuffer.allocate(96).order(ByteOrder.LITTLE_ENDIAN);
    out.put(hash().bytes());
    out.put(parent == null ? new byte[Digest.BYTES] : parent.bytes());
    out.putLong(timestampMillis).put(device.bytes()).putLong(sequence);
    return out.array();
  }

  /**
   * What our own signature covers: tag length ‖ tag ‖ four counts ‖ four roots ‖ parent ‖ previous
   * record ‖ timestamp ‖ device ‖ sequence ‖ root_v2, where an optional hash is led by 1 or is a
   * single 0, and numbers are little-endian.
   */
  public byte[] payloadV2() {
    ByteBuffer out = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) TAG.length).put(TAG);
    List<TreeRoot> trees = List.of(EntityKind.values()).stream().map(roots::of).toList();
    trees.forEach(tree -> out.putLong(tree.count()));
    trees.forEach(tree -> out.put(tree.hash().bytes()));
    optional(out, parent);
    optional(out, prevRecord);
    out.putLong(timestampMillis).put(device.bytes()).putLong(sequence).put(roots.v2().bytes());
    byte[] payload = new byte[out.position()];
    out.flip().get(payload);
    return payload;
  }

  private static void optional(ByteBuffer out, @Nullable Digest digest) {
    out.put((byte) (digest == null ? 0 : 1));
    if (digest != null) {
      out.put(digest.bytes());
    }
  }
}
