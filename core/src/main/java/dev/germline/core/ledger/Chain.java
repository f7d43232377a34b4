package dev.germline.core.ledger;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.substrate.DeviceId;
import dev.germline.core.substrate.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Histories of state roots and the rules they obey (CP-001 section 5, State Chain). Records are
 * known by their record hash, because roots can repeat. Signatures are checked before records come
 * here. For one thread.
 */
public final class Chain {
  private final Map<Digest, SignedStateRoot> records = new HashMap<>();
  private final Map<Slot, SignedStateRoot> slots = new HashMap<>();
  private final Set<Digest> continued = new HashSet<>();
  private final Map<Digest, SignedStateRoot> heads = new HashMap<>();

  /** What became of a record. */
  public sealed interface Outcome {
    /** It continues a head (or is the first), and is the head now. */
    record Extended() implements Outcome {}

    /** It was there already. */
    record Known() implements Outcome {}

    /**
     * It continues a record that another one continues already, and is a second head now.
     *
     * @param after the last record the branches share; null if they share none
     */
    record Forked(@Nullable SignedStateRoot after) implements Outcome {}

    /**
     * Its device has signed another record with the same sequence. It is not taken in; both must be
     * kept as evidence, and an alarm raised.
     */
    record Equivocation(SignedStateRoot known, SignedStateRoot refused) implements Outcome {}

    /** The record before it is not known, or it contradicts it. It is not taken in. */
    record Broken(String reason) implements Outcome {}
  }

  private record Slot(DeviceId device, long sequence) {}

  /** Takes a record in if the rules allow it. */
  public Outcome add(SignedStateRoot record) {
    StateRoot root = record.root();
    Digest hash = root.recordHash();
    if (records.containsKey(hash)) {
      return new Outcome.Known();
    }
    Slot slot = new Slot(root.device(), root.sequence());
    SignedStateRoot same = slots.get(slot);
    if (same != null) {
      return new Outcome.Equivocation(same, record);
    }
    SignedStateRoot before = root.prevRecord() == null ? null : records.get(root.prevRecord());
    String wrong = whyNotNext(before == null ? null : before.root(), root);
    if (wrong != null) {
      return new Outcome.Broken(wrong);
    }
    boolean forks = before == null ? !records.isEmpty() : continued.contains(root.prevRecord());
    records.put(hash, record);
    slots.put(slot, record);
    heads.put(hash, record);
    if (root.prevRecord() != null) {
      continued.add(root.prevRecord());
      heads.remove(root.prevRecord());
    }
    return forks ? new Outcome.Forked(before) : new Outcome.Extended();
  }

  /** The records nothing continues: one, unless history forked. */
  public List<SignedStateRoot> heads() {
    return List.copyOf(heads.values());
  }

  /** The history up to a record, first record first; ROOT_NOT_FOUND if it is not known. */
  public List<SignedStateRoot> lineage(Digest recordHash) {
    List<SignedStateRoot> newestFirst = new ArrayList<>();
    Digest at = recordHash;
    while (at != null) {
      SignedStateRoot record = records.get(at);
      if (record == null) {
        throw new GermlineException(Fault.ROOT_NOT_FOUND, "no state root record " + at);
      }
      newestFirst.add(record);
      at = record.root().prevRecord();
    }
    return newestFirst.reversed();
  }

  /** The last record two histories share, where they forked; empty if they share none. */
  public Optional<SignedStateRoot> lastCommon(Digest oneRecord, Digest otherRecord) {
    List<SignedStateRoot> one = lineage(oneRecord);
    List<SignedStateRoot> other = lineage(otherRecord);
    SignedStateRoot common = null;
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      if (!one.get(i).equals(other.get(i))) {
        break;
      }
      common = one.get(i);
    }
    return Optional.ofNullable(common);
  }

  /** The latest record of a history that has this state root: where to roll back to. */
  public Optional<SignedStateRoot> rollbackPoint(Digest headRecord, Digest stateRoot) {
    return lineage(headRecord).reversed().stream()
        .filter(r -> r.root().hash().equals(stateRoot))
        .findFirst();
  }

  /**
   * Refuses a record that does not continue the one before it.
   *
   * @param before null if {@code next} should be the first
   * @throws GermlineException CHAIN_BROKEN
   */
  public static void requireNext(@Nullable StateRoot before, StateRoot next) {
    String wrong = whyNotNext(before, next);
    if (wrong != null) {
      throw new GermlineException(Fault.CHAIN_BROKEN, wrong);
    }
  }

  private static @Nullable String whyNotNext(@Nullable StateRoot before, StateRoot next) {
    if (before == null) {
      return next.sequence() == 1
          ? null
          : "record " + next.sequence() + " continues " + next.prevRecord() + ", which is unknown";
    }
    if (next.sequence() != before.sequence() + 1) {
      return "record " + next.sequence() + " cannot follow record " + before.sequence();
    }
    if (!before.recordHash().equals(next.prevRecord())) {
      return "record %d names %s as the record before it, which is %s"
          .formatted(next.sequence(), next.prevRecord(), before.recordHash());
    }
    if (!Objects.equals(before.hash(), next.parent())) {
      return "record %d names parent root %s, the record before it has %s"
          .formatted(next.sequence(), next.parent(), before.hash());
    }
    return null;
  }
}
