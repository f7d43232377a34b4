package dev.germline.app.assembly;

import dev.germline.app.compatibility.Compatibility;
import dev.germline.core.assembly.Assembly;
import dev.germline.core.assembly.Part;
import dev.germline.core.layers.LayerRef;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A published assembly with its record.
 *
 * @param json its record: RFC 8785 canonical JSON, whose BLAKE3 is the row's digest
 * @param judged what the gate said just now; null for one that was there already
 */
public record AssemblyDetail(
    AssemblyRow row, String json, Assembly assembly, Compatibility.@Nullable Judged judged) {
  /** The record's bytes. */
  public byte[] record() {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  /** All that is in an assembly: its parts, then what they need. */
  static List<LayerRef> members(Assembly assembly) {
    List<LayerRef> members = new ArrayList<>(assembly.parts().stream().map(Part::layer).toList());
    members.addAll(assembly.needs());
    return members;
  }
}
