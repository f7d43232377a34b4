package dev.germline.app.faults;

import dev.germline.app.faults.Api.Answer;
import dev.germline.app.layers.Samples;
import dev.germline.core.merkle.Blake3;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * A layer that a client publishes.
 *
 * @param layer namespace/name
 * @param parent namespace/name of the layer it evolved from
 * @param files by path
 */
record Push(String layer, Optional<String> parent, Map<String, byte[]> files) {
  private static final String VERSION = "1.0.0";
  private static final int SMALLEST_FILE = 500;
  private static final int LARGEST_FILE = 5_000;

  /** A layer of one to three small random files. */
  static Push random(String layer, Optional<String> parent, Random random) {
    Map<String, byte[]> files = new TreeMap<>();
    int count = random.nextInt(1, 4);
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[random.nextInt(SMALLEST_FILE, LARGEST_FILE)];
      random.nextBytes(bytes);
      files.put("part-" + i + ".dat", bytes);
    }
    return new Push(layer, parent, files);
  }

  /** Where the layer is found; a further segment may follow. */
  String path() {
    return "/api/v1/layers/" + layer + "/" + VERSION;
  }

  /** Its full name: namespace/name@version. */
  String name() {
    return layer + "@" + VERSION;
  }

  /** What is posted. */
  String json() {
    Samples.Draft draft = Samples.foundation(name());
    parent.ifPresent(p -> draft.parent(p + "@" + VERSION));
    files.forEach((path, bytes) -> draft.file(path, Blake3.hash(bytes).toHex()));
    return draft.json();
  }

  /** Sends files and layer; the first answer that is not the hoped for, or the layer's. */
  Answer send(Api api) throws IOException {
    for (byte[] bytes : files.values()) {
      Answer blob = api.putBlob(Blake3.hash(bytes).toHex(), bytes);
      if (blob.status() != 201 && blob.status() != 200) {
        return blob;
      }
    }
    return api.post("/api/v1/layers", json());
  }
}
