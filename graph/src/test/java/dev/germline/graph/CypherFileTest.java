package dev.germline.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CypherFileTest {
  @Test
  void everyFileHasItsConstantAndEveryConstantItsFile() throws Exception {
    assertThat(files())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(CypherFile.values()).map(CypherFile::path).toList());
  }

  @Test
  void theHeaderIsNotSent() {
    assertThat(CypherFile.values())
        .allSatisfy(file -> assertThat(file.statement()).doesNotContain("//").isNotBlank());
  }

  @Test
  void aConstraintIsNamedLikeItsFile() {
    assertThat(CypherFile.constraints())
        .isNotEmpty()
        .allSatisfy(file ->
            assertThat(file.statement())
                .startsWith(
                    "CREATE CONSTRAINT "
                        + file.path().replace("schema/", "").replace('-', '_')
                        + " IF NOT EXISTS "));
  }

  private static List<String> files() throws IOException, URISyntaxException {
    URL root = Objects.requireNonNull(CypherFile.class.getResource("/cypher"));
    URI uri = root.toURI();
    if (!uri.getScheme().equals("jar")) {
      return names(Path.of(uri));
    }
    try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
      return names(jar.getPath("/cypher"));
    }
  }

  private static List<String> names(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString().replace(".cypher", ""))
          .toList();
    }
  }
}
