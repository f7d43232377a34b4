package dev.germline.app.layers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.germline.core.layers.LayerFile;
import dev.germline.core.layers.Statement;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A published layer.
 *
 * @param name namespace/name@version
 * @param digest BLAKE3 of the record, hex
 * @param id of the record as a document, UUID
 * @param type foundation, lora, memory, specialization or communication
 * @param status active, yanked or revoked
 * @param because who yanked or revoked it, and why; absent while it is active
 * @param ledgerSequence of the state root that first carries it
 * @param record the record as RFC 8785 canonical JSON, byte for byte what the digest is of
 * @param files its files
 */
@Schema(name = "Layer")
@JsonInclude(JsonInclude.Include.NON_NULL)
record LayerView(
    String name,
    String digest,
    String id,
    String type,
    String status,
    @Nullable Because because,
    long ledgerSequence,
    @JsonRawValue @Schema(type = "object", implementation = Object.class) String record,
    List<FileView> files) {
  static LayerView of(LayerDetail layer) {
    return of(layer, Optional.empty());
  }

  static LayerView of(LayerDetail layer, Optional<Statement.StatusChange> said) {
    LayerRow row = layer.row();
    return new LayerView(
        row.name().toString(),
        row.digest().toHex(),
        row.id().toString(),
        row.type().toString(),
        row.status().toString(),
        said.map(Because::of).orElse(null),
        row.ledgerSequence(),
        layer.json(),
        layer.layer().manifest().files().stream().map(FileView::of).toList());
  }

  /**
   * What was last said of whether a layer is to be used.
   *
   * @param by who said it
   * @param at when, RFC 3339
   */
  @Schema(name = "LayerStatusReason")
  record Because(String by, String at, String reason) {
    static Because of(Statement.StatusChange change) {
      return new Because(change.assertedBy(), change.assertedAt().toString(), change.reason());
    }
  }

  /**
   * A file of a layer.
   *
   * @param path relative, parted by /
   * @param gitSha1 the id git gives the bytes
   * @param format safetensors, gguf, onnx, pytorch-pickle, peft-config, json or other
   * @param metadata what the format says of the file
   */
  @Schema(name = "LayerFile")
  record FileView(
      String path,
      long sizeBytes,
      String blake3,
      String sha256,
      String gitSha1,
      String format,
      Map<String, String> metadata) {
    static FileView of(LayerFile file) {
      return new FileView(
          file.path().value(),
          file.sizeBytes(),
          file.blake3().toHex(),
          file.sha256().toHex(),
          file.gitSha1().hex(),
          file.format().toString(),
          file.metadata());
    }
  }
}
