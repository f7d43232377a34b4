package dev.germline.core.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Set;

/** What a file of a layer is, as far as Germline tells. */
public enum FileFormat {
  /** Tensors with a JSON header (huggingface/safetensors). */
  SAFETENSORS,
  /** llama.cpp's container of metadata and quantised tensors. */
  GGUF,
  /** A protobuf graph with its initializers. */
  ONNX,
  /**
   * Pickled objects, often in a zip: code runs when it is loaded, so it is never unpickled here.
   */
  PYTORCH_PICKLE,
  /** {@code adapter_config.json} of a PEFT adapter. */
  PEFT_CONFIG,
  /** Any other JSON, such as a tokenizer or a model configuration. */
  JSON,
  /** Anything else. */
  OTHER;

  private static final int MAGIC_BYTES = 9;
  private static final Set<String> PICKLE_ENDINGS =
      Set.of("pt", "pth", "ckpt", "pkl", "pickle", "joblib");

  /**
   * Tells a file's format by its first bytes, and where those leave it open by its name. A file
   * whose ending claims a format is taken at its word, so that a broken one is refused and not
   * stored as something else; bytes that may be a pickle are one under any name.
   *
   * @throws IOException if the source fails
   */
  public static FileFormat recognise(String path, ByteSource source) throws IOException {
    byte[] magic = source.read(0, (int) Math.min(MAGIC_BYTES, source.size()));
    String name = path.substring(path.lastIndexOf('/') + 1);
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (name.equals(PeftAdapter.CONFIG)) {
      return PEFT_CONFIG;
    }
    if (ending.equals("safetensors")) {
      return SAFETENSORS;
    }
    if (ending.equals("gguf") || startsWith(magic, 'G', 'G', 'U', 'F')) {
      return GGUF;
    }
    if (ending.equals("onnx")) {
      return ONNX;
    }
    boolean zip = startsWith(magic, 'P', 'K', 3, 4);
    boolean pickle = magic.length > 1 && magic[0] == (byte) 0x80 && magic[1] >= 2 && magic[1] <= 5;
    if (PICKLE_ENDINGS.contains(ending) || pickle || (zip && ending.equals("bin"))) {
      return PYTORCH_PICKLE;
    }
    if (ending.equals("json")) {
      return JSON;
    }
    return safetensors(magic, source.size()) ? SAFETENSORS : OTHER;
  }

  private static boolean startsWith(byte[] bytes, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= bytes.length || bytes[i] != (byte) magic[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean safetensors(byte[] magic, long size) {
    if (magic.length < MAGIC_BYTES || magic[8] != '{') {
      return false;
    }
    long header = ByteBuffer.wrap(magic).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return header > 0 && header <= Math.min(Safetensors.MAX_HEADER, size - 8);
  }

  /** Whether loading the file with its usual tool can run code that the file brings. */
  public boolean runsCode() {
    return this == PYTORCH_PICKLE;
  }

  /** The format that {@link #toString} names. */
  public static FileFormat named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** The name used in JSON, such as {@code pytorch-pickle}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
