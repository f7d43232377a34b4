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
import java.util.Set;
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
  void whatASchemaFileMakesIsNamedLikeTheFile() {
    assertThat(CypherFile.schema())
        .hasSizeGreaterThan(12)
        .allSatisfy(file ->
            assertThat(SchemaRule.of(file).name())
                .isEqualTo(file.path().replace("schema/", "").replace('-', '_')));
  }

  @Test
  void everyStatementThatCreatesIsPartOfTheSchema() {
    assertThat(Arrays.stream(CypherFile.values()).filter(f -> f.statement().contains("CREATE ")))
        .filteredOn(file -> file.path().startsWith("schema/"))
        .containsExactlyElementsOf(CypherFile.schema());
  }

  @Test
  void aRuleIsReadFromItsStatement() {
    assertThat(SchemaRule.of(CypherFile.SCHEMA_EVOLVED_FROM_CLAIM))
        .isEqualTo(
            new SchemaRule(true, "evolved_from_claim", Set.of("EVOLVED_FROM"), Set.of("claim")));
    assertThat(SchemaRule.of(CypherFile.SCHEMA_LAYER_TEXT))
        .isEqualTo(
            new SchemaRule(false, "layer_text", Set.of("Layer"), Set.of("name", "description")));
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
