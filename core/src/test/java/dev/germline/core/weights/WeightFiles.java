package dev.germline.core.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Small valid weight files, and the pieces to build broken ones of. */
final class WeightFiles {
  private WeightFiles() {}

  /** Asserts that a file is refused as invalid, in words that begin so and name the rule. */
  static void assertInvalid(ThrowingCallable read, String begin, String rule) {
    assertThatThrownBy(read)
        .isInstanceOfSatisfying(
            GermlineException.class,
            refused -> {
              assertThat(refused.fault()).isEqualTo(Fault.FILE_INVALID);
              assertThat(refused.detail()).startsWith(begin).contains(rule);
            });
  }

  /** A file of this header text and that many bytes of data. */
  static byte[] safetensors(String header, int dataBytes) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .array();
  }

  static final String LORA_HEADER =
      """
      {"__metadata__":{"format":"pt"},\
      "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight":\
      {"dtype":"F32","shape":[2,4],"data_offsets":[0,32]},\
      "base_model.model.model.layers.0.self_attn.q_proj.lora_B.weight":\
      {"dtype":"BF16","shape":[4,2],"data_offsets":[32,48]}}\
      """;

  static byte[] lora() {
    return safetensors(LORA_HEADER, 48);
  }

  /** A GGUF file with one value of every type and three tensors. */
  static byte[] gguf(int version, ByteOrder order) {
    var out = new Writer(order);
    out.bytes("GGUF".getBytes(StandardCharsets.US_ASCII)).i32(version).i64(3).i64(13);
    out.key("general.architecture", 8).text("llama");
    out.key("general.name", 8).text("Llama 3.1 8B");
    out.key("general.alignment", 4).i32(64);
    out.key("a.u8", 0).i8(200);
    out.key("a.i8", 1).i8(-1);
    out.key("a.u16", 2).i16(60_000);
    out.key("a.i32", 5).i32(-7);
    out.key("a.f32", 6).i32(Float.floatToIntBits(0.5f));
    out.key("a.bool", 7).i8(1);
    out.key("a.u64", 10).i64(1L << 40);
    out.key("a.f64", 12).i64(Double.doubleToLongBits(1e-5));
    out.key("tokenizer.ggml.tokens", 9).i32(8).i64(2).text("<s>").text("</s>");
    out.key("tokenizer.ggml.scores", 9).i32(6).i64(2).i32(0).i32(0);
    out.text("token_embd.weight").i32(2).i64(256).i64(2).i32(12).i64(0); // Q4_K: 288 bytes
    out.text("output_norm.weight").i32(1).i64(4).i32(0).i64(320); // F32: 16 bytes
    out.text("rope_freqs.weight").i32(1).i64(32).i32(1).i64(384); // F16: 64 bytes
    out.pad(64).zeros(448);
    return out.done();
  }

  /** An ONNX model with raw, packed, typed and external initializers. */
  static byte[] onnx() {
    return model(
        List.of(
            tensor("embeddings.weight", 1, List.of(2L, 3L), field(9, new byte[24])),
            tensor("scale", 10, List.of(), field(9, new byte[2])),
            tensor("axes", 7, List.of(1L), field(7, new byte[] {1})),
            tensor(
                "big.weight",
                16,
                List.of(1000L, 1000L),
                concat(
                    field(13, concat(field(1, "location"), field(2, "weights/big.bin"))),
                    field(13, concat(field(1, "offset"), field(2, "4096"))),
                    field(13, concat(field(1, "length"), field(2, "2000000"))),
                    varintField(14, 1)))));
  }

  static byte[] model(List<byte[]> initializers) {
    var graph = new ByteArrayOutputStream();
    graph.writeBytes(field(1, field(4, "MatMul")));
    graph.writeBytes(field(2, "main_graph"));
    initializers.forEach(tensor -> graph.writeBytes(field(5, tensor)));
    return concat(
        varintField(1, 8),
        field(2, "pytorch"),
        field(3, "2.9.0"),
        field(7, graph.toByteArray()),
        field(8, varintField(2, 17)),
        field(8, concat(field(1, "com.microsoft"), varintField(2, 1))),
        field(14, concat(field(1, "author"), field(2, "BAAI"))));
  }

  static byte[] tensor(String name, int type, List<Long> dims, byte[] rest) {
    var out = new ByteArrayOutputStream();
    dims.forEach(dim -> out.writeBytes(varintField(1, dim)));
    return concat(out.toByteArray(), varintField(2, type), field(8, name), rest);
  }

  static byte[] field(int number, String text) {
    return field(number, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] field(int number, byte[] value) {
    return concat(varint((long) number << 3 | 2), varint(value.length), value);
  }

  static byte[] varintField(int number, long value) {
    return concat(varint((long) number << 3), varint(value));
  }

  static byte[] varint(long value) {
    var out = new ByteArrayOutputStream();
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
    return out.toByteArray();
  }

  static byte[] concat(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static final String PEFT_CONFIG =
      """
      {
        "alpha_pattern": {},
        "auto_mapping": null,
        "base_model_name_or_path": "meta-llama/Llama-3.1-8B",
        "bias": "none",
        "inference_mode": true,
        "lora_alpha": 32,
        "lora_dropout": 0.05,
        "modules_to_save": ["lm_head"],
        "peft_type": "LORA",
        "r": 16,
        "rank_pattern": {},
        "revision": "main",
        "target_modules": ["q_proj", "v_proj"],
        "task_type": "CAUSAL_LM",
        "use_rslora": false
      }
      """;

  /** Writes numbers in one byte order. */
  static final class Writer {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteOrder order;

    Writer(ByteOrder order) {
      this.order = order;
    }

    Writer bytes(byte[] bytes) {
      out.writeBytes(bytes);
      return this;
    }

    Writer i8(int value) {
      out.write(value);
      return this;
    }

    Writer i16(int value) {
      return bytes(ByteBuffer.allocate(2).order(order).putShort((short) value).array());
    }

    Writer i32(int value) {
      return bytes(ByteBuffer.allocate(4).order(order).putInt(value).array());
    }

    Writer i64(long value) {
      return bytes(ByteBuffer.allocate(8).order(order).putLong(value).array());
    }

    Writer text(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return i64(bytes.length).bytes(bytes);
    }

    Writer key(String key, int type) {
      return text(key).i32(type);
    }

    Writer pad(int alignment) {
      return zeros((alignment - out.size() % alignment) % alignment);
    }

    Writer zeros(int count) {
      return bytes(new byte[count]);
    }

    byte[] done() {
      return out.toByteArray();
    }
  }
}
