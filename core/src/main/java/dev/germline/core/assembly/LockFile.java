package dev.germline.core.assembly;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.FilePath;
import dev.germline.core.layers.Layer;
import dev.germline.core.layers.LayerFile;
import dev.germline.core.layers.LayerJson;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerRef;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Digest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Everything an assembly is made of, pinned: every record and every file by BLAKE3. Whoever has it
 * gets exactly these bytes or nothing. Its own hash is part of it, so that a slip of an editor is
 * noticed; what vouches for it is the assembly's digest in the ledger.
 *
 * @param assembly which it is of
 * @param layers parts first, in their order; then what they need, by name
 */
public record LockFile(LayerRef assembly, List<Locked> layers) {
  /** The value of {@code schema}. */
  public static final String SCHEMA = "germline.lock/1";

  private static final int MOST_LAYERS = 100_000;
  private static final int MOST_FILES = 4096;

  public LockFile {
    layers = List.copyOf(layers);
  }

  /** A layer of it with its files. */
  public record Locked(LayerRef layer, List<LockedFile> files) {
    public Locked {
      files = List.copyOf(files);
    }
  }

  /**
   * A file of a layer.
   *
   * @param size in bytes
   */
  public record LockedFile(FilePath path, long size, Digest blake3) {}

  /** The lock of an assembly whose layers are at hand. */
  public static LockFile of(Assembly assembly, Digest digest, List<Layer> layers) {
    List<Locked> locked = new ArrayList<>();
    for (Part part : assembly.parts()) {
      locked.add(locked(part.layer(), layers));
    }
    assembly.needs().stream()
        .sorted(Comparator.comparing(LayerRef::layer))
        .forEach(ref -> locked.add(locked(ref, layers)));
    return new LockFile(new LayerRef(assembly.name(), digest), locked);
  }

  private static Locked locked(LayerRef ref, List<Layer> layers) {
    Layer layer =
        layers.stream()
            .filter(one -> one.name().equals(ref.layer()))
            .findFirst()
            .orElseThrow(() -> Fields.invalid("the layer " + ref.layer() + " is not at hand"));
    List<LockedFile> files = new ArrayList<>();
    for (LayerFile file : layer.manifest().files()) {
      files.add(new LockedFile(file.path(), file.sizeBytes(), file.blake3()));
    }
    return new Locked(ref, files);
  }

  /**
   * Reads a lock file.
   *
   * @throws GermlineException INVALID_ASSEMBLY, HASH_MISMATCH if it is not what it was when it was
   *     written
   */
  public static LockFile parse(byte[] json) {
    ObjectNode tree = LayerJson.object(json);
    Fields fields = new Fields(tree, "$");
    String schema = fields.text("schema", 64);
    if (!schema.equals(SCHEMA)) {
      throw Fields.invalid("$.schema is " + schema + "; a lock file has " + SCHEMA);
    }
    Digest stated = Digest.parse(fields.text("lock", 64));
    LayerRef assembly =
        new LayerRef(
            LayerName.parse(fields.text("assembly", 512)), Digest.parse(fields.text("digest", 64)));
    List<Locked> layers = new ArrayList<>();
    for (Fields layer : fields.objects("layers", MOST_LAYERS)) {
      List<LockedFile> files = new ArrayList<>();
      for (Fields file : layer.objects("files", MOST_FILES)) {
        files.add(
            new LockedFile(
                FilePath.parse(file.text("path", 1024)),
                file.count("sizeBytes"),
                Digest.parse(file.text("blake3", 64))));
      }
      layers.add(
          new Locked(
              new LayerRef(
                  LayerName.parse(layer.text("layer", 512)),
                  Digest.parse(layer.text("digest", 64))),
              files));
    }
    LockFile lock = new LockFile(assembly, layers);
    if (!lock.hash().equals(stated)) {
      throw new GermlineException(
          Fault.HASH_MISMATCH,
          "the lock file says it hashes to %s, and it hashes to %s: it was changed; get it anew with germline lock"
              .formatted(stated, lock.hash()));
    }
    return lock;
  }

  /** BLAKE3 of what it pins. */
  public Digest hash() {
    return Blake3.hash(AssemblyJson.canonical(tree()));
  }

  /** The file: RFC 8785 JSON. */
  public byte[] toJson() {
    return AssemblyJson.canonical(tree().put("lock", hash().toHex()));
  }

  private ObjectNode tree() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("schema", SCHEMA);
    tree.put("assembly", assembly.layer().toString());
    tree.put("digest", assembly.digest().toHex());
    ArrayNode all = tree.putArray("layers");
    for (Locked layer : layers) {
      ObjectNode node = AssemblyJson.refTree(all.addObject(), layer.layer());
      ArrayNode files = node.putArray("files");
      for (LockedFile file : layer.files()) {
        files
            .addObject()
            .put("path", file.path().value())
            .put("sizeBytes", file.size())
            .put("blake3", file.blake3().toHex());
      }
    }
    return tree;
  }
}
