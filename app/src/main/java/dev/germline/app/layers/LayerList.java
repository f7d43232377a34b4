package dev.germline.app.layers;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Layers without their records.
 *
 * @param nextCursor give it as {@code cursor} to get the next page; absent on the last
 */
@Schema(name = "LayerList")
@JsonInclude(JsonInclude.Include.NON_NULL)
record LayerList(List<Item> items, @Nullable String nextCursor) {
  static LayerList of(List<LayerRow> rows, @Nullable String nextCursor) {
    return new LayerList(rows.stream().map(Item::of).toList(), nextCursor);
  }

  /**
   * One of them.
   *
   * @param createdAt RFC 3339
   */
  @Schema(name = "LayerListItem")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Item(
      String name,
      String digest,
      String id,
      String type,
      String creator,
      String createdAt,
      String visibility,
      String status,
      @Nullable String description,
      long ledgerSequence) {
    static Item of(LayerRow row) {
      return new Item(
          row.name().toString(),
          row.digest().toHex(),
          row.id().toString(),
          row.type().toString(),
          row.creator(),
          row.createdAt().toString(),
          row.visibility().toString(),
          row.status().toString(),
          row.description(),
          row.ledgerSequence());
    }
  }
}
