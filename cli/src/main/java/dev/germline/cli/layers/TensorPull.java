package dev.germline.cli.layers;

import dev.germline.cli.ExitCode;
import dev.germline.cli.Stop;
import dev.germline.cli.server.Body;
import dev.germline.cli.server.Client;
import dev.germline.core.layers.LayerName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** Fetches one tensor of a layer into a file, which is written whole or not at all. */
final class TensorPull {
  private final Client client;
  private final LayerName layer;
  private final Withdrawal withdrawal;

  TensorPull(Client client, LayerName layer, Withdrawal withdrawal) {
    this.client = client;
    this.layer = layer;
    this.withdrawal = withdrawal;
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
    String path =
        Client.layer(layer)
            + "/tensors"
            + Client.path(wanted.tensor())
            + wanted.query()
            + withdrawal.query('&');
    Path part = into.resolveSibling(into.getFileName() + ".part");
    long announced;
    Fetched fetched;
    try (Body download = client.open(path, 0, "")) {
      announced = download.length();
      fetched =
          new Fetched(
              download.header("Tensor-Dtype"),
              download.header("Tensor-Shape"),
              Files.copy(download.body(), part, StandardCopyOption.REPLACE_EXISTING));
    } catch (IOException e) {
      throw new Stop(
          ExitCode.UNREACHABLE, "the tensor did not come whole: " + e.getMessage(), null, e);
    }
    try {
      if (announced >= 0 && fetched.bytes() != announced) {
        Files.delete(part);
        throw new Stop(
            ExitCode.UNREACHABLE,
            "%d of %d bytes of the tensor came".formatted(fetched.bytes(), announced));
      }
      Files.move(part, into, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new Stop(ExitCode.LOCAL, "cannot write " + into + ": " + e.getMessage(), null, e);
    }
    return fetched;
  }
}
