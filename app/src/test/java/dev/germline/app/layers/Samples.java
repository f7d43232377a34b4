package dev.germline.app.layers;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Layers to publish, as a client sends them. */
public final class Samples {
  private Samples() {}

  /** A small foundation layer; parts may be added. */
  public static Draft foundation(String name) {
    return new Draft(name);
  }

  /** A safetensors file with one tensor of bytes. */
  public static byte[] safetensors(int bytes) {
    String header =
        "{\"w\":{\"dtype\":\"U8\",\"shape\":[%d],\"data_offsets\":[0,%d]}}".formatted(bytes, bytes);
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(8 + json.length + bytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(json.length)
            .put(json);
    for (int i = 0; file.hasRemaining(); i++) {
      file.put((byte) (i * 31));
    }
    return file.array();
  }

  /** JSON under way. */
  public static final class Draft {
    private final String name;
    private final List<String> parents = new ArrayList<>();
    private final List<String> files = new ArrayList<>();
    private final List<String> more = new ArrayList<>();
    private String provenance = "";
    private String visibility = "\"public\"";
    private String license = "";

    private Draft(String name) {
      this.name = name;
    }

    public Draft parent(String layer) {
      parents.add(
          "{\"layer\":\"%s\",\"evolutionType\":\"finetune\",\"confidence\":1}".formatted(layer));
      return this;
    }

    public Draft parent(String layer, String digest) {
      parents.add(
          "{\"layer\":\"%s\",\"digest\":\"%s\",\"evolutionType\":\"finetune\",\"confidence\":1}"
              .formatted(layer, digest));
      return this;
    }

    public Draft file(String path, String blake3) {
      files.add("{\"path\":\"%s\",\"blake3\":\"%s\"}".formatted(path, blake3));
      return this;
    }

    public Draft member(String json) {
      more.add("," + json);
      return this;
    }

    public Draft creator(String creator) {
      provenance = ",\"creator\":\"" + creator + "\"";
      return this;
    }

    public Draft visibility(String value, String... allowed) {
      visibility =
          "\"%s\"".formatted(value)
              + (allowed.length == 0
                  ? ""
                  : ",\"allowedUsers\":[\"" + String.join("\",\"", allowed) + "\"]");
      return this;
    }

    public Draft license(String spdx, boolean commercialUse) {
      license =
          ",\"license\":{\"spdx\":\"%s\",\"commercialUse\":%s}".formatted(spdx, commercialUse);
      return this;
    }

    public String json() {
      return """
      {"type":"foundation","name":"%s",
       "provenance":{"method":"training","parents":[%s]%s},
       "sharing":{"visibility":%s%s},
       "baseModel":{"family":"custom","size":"small","contextWindow":512,"parameterCount":33000000},
       "pretraining":{"cutoffDate":"2026-01-01","languages":["en"]},
       "files":[%s]%s}\
      """
          .formatted(
              name,
              String.join(",", parents),
              provenance,
              visibility,
              license,
              String.join(",", files),
              String.join("", more));
    }
  }
}
