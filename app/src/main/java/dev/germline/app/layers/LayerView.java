package dev.germline.app.layers;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.germline.core.layers.LayerFile;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;

/**
 * A published layer.
 *
 * @param name namespace/name@version
 * @param digest BLAKE3 of the record, hex
 * @param id of the record as a document, UUID
 * @param type foundation, lora, memory, specialization or communication
 * @param status active, yanked or revoked
 * @param ledgerSequence of the state root that first carries it
 * @param record the record as RFC 8785 canonical JSON, byte for byte what the digest is of
 * @param files its files
 */
@Schema(name = "Layer")
record LayerView(
    String name,
    String digest,
    String id,
    String type,
    String status,
    long ledgerSequence,
    @JsonRawValue @Schema(type = "object", implementation = Object.class) String record,
    List<FileView> files) {
  static LayerView of(LayerDetail layer) {
    LayerRow row = layer.row();
    return new LayerView(
        row.name().toString(),
        row.digest().toHex(),
        row.id().toString(),
        row.type().toString(),
        row.status().toString(),
        row.ledgerSequence(),
        layer.json(),
        layer.layer().manifest().files().stream().map(FileView::of).toList());
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
