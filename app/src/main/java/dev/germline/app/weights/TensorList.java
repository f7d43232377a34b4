package dev.germline.app.weights;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.TensorSpan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The tensors of a file as they are kept in blob_tensors: zstd of a JSON list. */
public final class TensorList {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TensorList() {}

  /** The list as bytes. */
  public static byte[] write(List<TensorSpan> tensors) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream zstd = new ZstdOutputStream(bytes, Zstd.defaultCompressionLevel());
        JsonGenerator json = JSON.createGenerator(zstd)) {
      JSON.writeValue(json, tensors);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** The list that {@link #write} wrote. */
  public static List<TensorSpan> read(byte[] bytes) {
    try (InputStream zstd = new ZstdInputStream(new ByteArrayInputStream(bytes))) {
      return JSON.readValue(zstd, new TypeReference<ArrayList<TensorSpan>>() {});
    } catch (IOException damaged) {
      throw new UncheckedIOException("a list of tensors cannot be read", damaged);
    }
  }

  /** BLAKE3 over names, types and shapes in the order of names: what an architecture is. */
  public static Digest signature(List<TensorSpan> tensors) {
    Blake3.Hasher hasher = Blake3.hasher();
    tensors.stream()
        .sorted(Comparator.comparing(TensorSpan::name))
        .forEach(tensor -> {
          frame(hasher, tensor.name());
          frame(hasher, tensor.dtype());
          frame(hasher, tensor.shape().toString());
        });
    return hasher.digest();
  }

  /** Each text behind its length, so that no two lists are the same bytes. */
  private static void frame(Blake3.Hasher hasher, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    hasher.update(Integer.toString(utf8.length).getBytes(StandardCharsets.US_ASCII));
    hasher.update(new byte[] {':'});
    hasher.update(utf8);
  }
}
