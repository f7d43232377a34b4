package dev.germline.cli.tour;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Stop;
import dev.germline.cli.layers.LocalFile;
import dev.germline.core.layers.LayerJson;
import dev.germline.core.layers.LayerName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * One of the tour's models: real weights from Maven Central (MIT), unpacked by the build, and what
 * its publisher says of it.
 *
 * @param folder with its files
 */
record TourModel(LayerName name, Path folder) {
  static final List<LayerName> NAMES =
      List.of(
          LayerName.parse("baai/bge-small-en@1.0.0"), LayerName.parse("baai/bge-small-en@1.5.0"));

  /** The two, the parent first. */
  static List<TourModel> both(Path weights) {
    return NAMES.stream()
        .map(name -> new TourModel(name, weights.resolve(name.name() + "-" + name.version())))
        .toList();
  }

  List<LocalFile> files() {
    if (!Files.isDirectory(folder)) {
      throw new Stop(
          ExitCode.LOCAL,
          "the weights of the tour are not at " + folder,
          "`./mvnw package` puts them there");
    }
    return LocalFile.at(List.of(folder));
  }

  /** The largest file: the weights. */
  LocalFile weights() {
    return files().stream().max((a, b) -> Long.compare(a.size(), b.size())).orElseThrow();
  }

  ObjectNode record() {
    String resource = name.name() + "-" + name.version() + ".json";
    try (InputStream in = Objects.requireNonNull(TourModel.class.getResourceAsStream(resource))) {
      return LayerJson.object(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
