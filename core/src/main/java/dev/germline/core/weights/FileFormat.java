package dev.germline.core.weights;

import java.util.Locale;

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

  /** Whether loading the file with its usual tool can run code that the file brings. */
  public boolean runsCode() {
    return this == PYTORCH_PICKLE;
  }

  /** The name used in JSON, such as {@code pytorch-pickle}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
