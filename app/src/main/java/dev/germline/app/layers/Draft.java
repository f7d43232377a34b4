package dev.germline.app.layers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.FilePath;
import dev.germline.core.layers.Layer;
import dev.germline.core.layers.LayerJson;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerRef;
import dev.germline.core.layers.Manifest;
import dev.germline.core.substrate.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A layer as a client sends it to be published: the record, except that files are named by path and
 * BLAKE3 only, and layers referred to may lack their digest. Both are completed here by what the
 * registry knows; everything else is {@link LayerJson}'s.
 */
final class Draft {
  private static final Set<String> FILE_MEMBERS =
      Set.of("path", "blake3", "sizeBytes", "sha256", "gitSha1", "format", "metadata");

  /** Stands in for the digest of a reference that core refuses for its name in the next step. */
  private static final Digest UNPINNED = Digest.of(new byte[Digest.BYTES]);

  private final ObjectNode tree;
  private final LayerName name;
  private final List<File> files;

  private Draft(ObjectNode tree, LayerName name, List<File> files) {
    this.tree = tree;
    this.name = name;
    this.files = files;
  }

  /**
   * One file as it was sent.
   *
   * @param given what else was said of it; must agree with what the store knows
   */
  record File(FilePath path, Digest blake3, ObjectNode given) {}

  /**
   * Reads the name and the files.
   *
   * @throws GermlineException MALFORMED_JSON, INVALID_LAYER, INVALID_NAME, INVALID_ID or
   *     LIMIT_EXCEEDED
   */
  static Draft parse(byte[] json) {
    ObjectNode tree = LayerJson.object(json);
    LayerName name = LayerName.parse(text(tree, "$", "name"));
    JsonNode files = tree.remove("files");
    return new Draft(tree, name, files == null ? List.of() : files(files));
  }

  LayerName name() {
    return name;
  }

  List<File> files() {
    return files;
  }

  /**
   * The layer without its files, its references pinned.
   *
   * @param current the digest a name stands for now, of a layer the publisher may see
   * @throws GermlineException PARENT_NOT_FOUND, REFERENCE_NOT_FOUND, or as {@link
   *     LayerJson#parse(byte[])}
   */
  Layer draft(String creator, Instant now, Function<LayerName, Optional<LayerRef>> current) {
    ObjectNode draft = tree.deepCopy();
    for (JsonNode parent : draft.path("provenance").path("parents")) {
      pin(parent, "$.provenance.parents", current, Fault.PARENT_NOT_FOUND);
    }
    for (String member : List.of("synergies", "conflicts")) {
      for (JsonNode entry : draft.path(member)) {
        pin(entry.path("target"), "$." + member, current, Fault.REFERENCE_NOT_FOUND);
      }
    }
    return LayerJson.parseDraft(draft, creator, now);
  }

  private void pin(
      JsonNode reference,
      String where,
      Function<LayerName, Optional<LayerRef>> current,
      Fault missing) {
    if (!(reference instanceof ObjectNode node) || node.hasNonNull("digest")) {
      return;
    }
    LayerName other = LayerName.parse(text(node, where, "layer"));
    Digest digest =
        other.equals(name)
            ? UNPINNED
            : current.apply(other).orElseThrow(() -> absent(other, missing)).digest();
    node.put("digest", digest.toHex());
  }

  static GermlineException absent(LayerName other, Fault fault) {
    return new GermlineException(fault, other + " is not published, or not visible to you");
  }

  private static List<File> files(JsonNode given) {
    if (!(given instanceof ArrayNode list)) {
      throw new GermlineException(
          Fault.INVALID_LAYER, "$.files: the value is not a list; give one in [ ]");
    }
    if (list.size() > Manifest.MAX_FILES) {
      throw new GermlineException(
          Fault.LIMIT_EXCEEDED,
          "$.files has %d entries; a layer has at most %d"
              .formatted(list.size(), Manifest.MAX_FILES));
    }
    List<File> files = new ArrayList<>();
    for (JsonNode entry : list) {
      String where = "$.files[" + files.size() + "]";
      if (!(entry instanceof ObjectNode file)) {
        throw new GermlineException(
            Fault.INVALID_LAYER, where + ": the value is not an object; give path and blake3");
      }
      file.fieldNames()
          .forEachRemaining(member -> {
            if (!FILE_MEMBERS.contains(member)) {
              throw new GermlineException(
                  Fault.INVALID_LAYER,
                  where + ": there is no such member; known here: path, blake3");
            }
          });
      files.add(
          new File(
              FilePath.parse(text(file, where, "path")),
              Digest.parse(text(file, where, "blake3")),
              file));
    }
    return files;
  }

  private static String text(ObjectNode node, String where, String member) {
    JsonNode value = node.get(member);
    if (value == null || !value.isTextual()) {
      throw new GermlineException(
          Fault.INVALID_LAYER, where + "." + member + ": a text is needed here");
    }
    return value.textValue();
  }
}
