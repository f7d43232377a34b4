package dev.germline.core.ledger;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.merkle.EntityLeaf;
import dev.germline.core.merkle.Forest;
import dev.germline.core.merkle.InclusionProof;
import dev.germline.core.merkle.Roots;
import dev.germline.core.merkle.SparseProof;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.Entity;
import dev.germline.core.substrate.EntityRef;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything needed to check offline that some entities are part of a signed state: the record with
 * all its roots and signatures, and for each entity its full encoding and its proofs. It holds no
 * leaf hash and no id that is not computed again. Written as JSON by {@link ProofBundleJson}.
 *
 * @param record the signed state root
 * @param entries at least one
 */
public record ProofBundle(SignedStateRoot record, List<Entry> entries) {
  public ProofBundle {
    entries = List.copyOf(entries);
    if (entries.isEmpty()) {
      throw new GermlineException(Fault.PROOF_INVALID, "a proof bundle proves at least one entity");
    }
  }

  /** One entity and the proofs of its place in the state. Immutable. */
  public static final class Entry {
    private final Entity entity;
    private final InclusionProof inclusion;
    private final SparseProof sparse;
    private final byte @Nullable [] content;

    /**
     * @param content the bytes a document stands for, if they travel with the proof
     */
    public Entry(
        Entity entity, InclusionProof inclusion, SparseProof sparse, byte @Nullable [] content) {
      this.entity = entity;
      this.inclusion = inclusion;
      this.sparse = sparse;
      this.content = content == null ? null : content.clone();
    }

    public Entity entity() {
      return entity;
    }

    /** Its place in the v1 tree of its kind. */
    public InclusionProof inclusion() {
      return inclusion;
    }

    /** Its place in root_v2, which commits to all its fields. */
    public SparseProof sparse() {
      return sparse;
    }

    /** A copy of the content. */
    public Optional<byte[]> content() {
      return Optional.ofNullable(content).map(byte[]::clone);
    }
  }

  /** The result of {@link #verify}. */
  public sealed interface Outcome {
    /** Every entry is part of this state, and its content, where given, is what it stands for. */
    record Valid(StateRoot root, List<Entry> entries) implements Outcome {}

    /** Something does not hold; {@code reason} says what. */
    record Invalid(String reason) implements Outcome {}
  }

  /**
   * Proves an entity in a state.
   *
   * @param forest must be the state of {@code record}
   * @param content the bytes of a document, or null to leave them out
   * @throws GermlineException NOT_FOUND if the state does not hold this very entity
   */
  public static Entry prove(Forest forest, Entity entity, byte @Nullable [] content) {
    EntityRef ref = entity.ref();
    Digest leaf = EntityLeaf.of(entity).row().leafV2();
    if (!forest.leafV2(ref).equals(Optional.of(leaf))) {
      throw new GermlineException(Fault.NOT_FOUND, "the state does not hold this " + ref);
    }
    return new Entry(entity, forest.prove(ref).orElseThrow(), forest.proveV2(ref), content);
  }

  /** Checks everything with the public key of the device that must have signed. */
  public Outcome verify(Verifier key) {
    StateRoot root = record.root();
    if (!root.device().equals(key.device())) {
      return new Outcome.Invalid(
          "the record is by device " + root.device() + ", the key is of " + key.device());
    }
    if (!key.verify(record)) {
      return new Outcome.Invalid("a signature of record " + root.sequence() + " does not verify");
    }
    for (Entry entry : entries) {
      String wrong = whyNot(entry, root.roots());
      if (wrong != null) {
        return new Outcome.Invalid(entry.entity().ref() + ": " + wrong);
      }
    }
    return new Outcome.Valid(root, entries);
  }

  private static @Nullable String whyNot(Entry entry, Roots roots) {
    EntityLeaf leaf = EntityLeaf.of(entry.entity());
    EntityRef ref = leaf.ref();
    InclusionProof inclusion = entry.inclusion();
    if (inclusion.tree() != ref.kind()) {
      return "the proof is about a " + inclusion.tree();
    }
    if (!inclusion.verify(leaf.row().leafV1(), roots.of(ref.kind()))) {
      return "it is not in the signed tree at the place the proof says";
    }
    if (!entry.sparse().verifyInclusion(ref, leaf.row().leafV2(), roots.v2())) {
      return "it is not in the signed root_v2 with all these fields";
    }
    byte[] content = entry.content;
    if (content == null) {
      return null;
    }
    boolean matches =
        entry.entity() instanceof Document d
            && d.sizeBytes() == content.length
            && d.contentHash().equals(Blake3.hash(content));
    return matches ? null : "the content attached is not what it stands for";
  }

  /** The bundle as JSON; see {@link ProofBundleJson}. */
  public byte[] toJson() {
    return ProofBundleJson.write(this);
  }

  /** Reads a bundle; fails like {@link ProofBundleJson#read}. */
  public static ProofBundle fromJson(byte[] json) {
    return ProofBundleJson.read(json);
  }

  /** Reads and verifies; what cannot be read is invalid too, and nothing is thrown. */
  public static Outcome verify(byte[] json, Verifier key) {
    try {
      return fromJson(json).verify(key);
    } catch (GermlineException unreadable) {
      return new Outcome.Invalid(unreadable.detail());
    }
  }
}
