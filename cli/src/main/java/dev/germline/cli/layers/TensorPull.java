package dev.germline.cli.layers;

import dev.germline.cli.ExitCode;
import dev.germline.cli.Stop;
import dev.germline.cli.server.Client;
import dev.germline.core.layers.LayerName;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** Fetches one tensor of a layer into a file, which is written whole or not at all. */
final class TensorPull {
  private final Client client;
  private final LayerName layer;

  TensorPull(Client client, LayerName layer) {
    this.client = client;
    this.layer = layer;
  }

  /**
   * A tensor that is wanted.
   *
   * @param file of the layer that has it; null when only one has
   * @param safetensors whether it becomes a safetensors file, or its bytes only
   */
  record Wanted(String tensor, @Nullable String file, boolean safetensors) {
    /** The file's name where none was given. */
    Path defaultName() {
      return Path.of(tensor.replace('/', '_') + (safetensors ? ".safetensors" : ".bin"));
    }

    private String query() {
      return "?format="
          + (safetensors ? "safetensors" : "raw")
          + (file == null ? "" : "&file=" + Client.encode(file));
    }
  }

  /** What came. */
  record Fetched(String dtype, String shape, long bytes) {}

  /**
   * Fetches it.
   *
   * @throws Stop LOCAL when the file cannot be written, or is there and may not be replaced
   */
  Fetched fetch(Wanted wanted, Path into, boolean force) {
    if (!force && Files.exists(into)) {
      throw new Stop(ExitCode.LOCAL, into + " exists", "--force replaces it, -o names another");
    }
    String path = Client.layer(layer) + "/tensors" + Client.path(wanted.tensor()) + wanted.query();
    HttpResponse<InputStream> response = client.open(path, 0, "");
    long announced = response.headers().firstValueAsLong("Content-Length").orElse(-1);
    Path part = into.resolveSibling(into.getFileName() + ".part");
    long written;
    try (InputStream body = response.body()) {
      written = Files.copy(body, part, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new Stop(
          ExitCode.UNREACHABLE, "the tensor did not come whole: " + e.getMessage(), null, e);
    }
    try {
      if (announced >= 0 && written != announced) {
        Files.delete(part);
        throw new Stop(
            ExitCode.UNREACHABLE,
            "%d of %d bytes of the tensor came".formatted(written, announced));
      }
      Files.move(part, into, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new Stop(ExitCode.LOCAL, "cannot write " + into + ": " + e.getMessage(), null, e);
    }
    return new Fetched(
        response.headers().firstValue("Tensor-Dtype").orElse(""),
        response.headers().firstValue("Tensor-Shape").orElse(""),
        written);
  }
}
