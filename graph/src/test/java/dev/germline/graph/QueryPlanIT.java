package dev.germline.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Session;
import org.neo4j.driver.summary.Plan;

/** Asks Neo4j how it would run each statement, on the schema as it is. */
class QueryPlanIT {
  private static final Pattern PARAMETER = Pattern.compile("\\$([a-zA-Z0-9]+)");

  private static Driver driver;

  @BeforeAll
  static void schema() {
    driver = Neo4j.empty();
    GraphSchema.ensure(driver);
  }

  @AfterAll
  static void close() {
    driver.close();
  }

  @ParameterizedTest
  @EnumSource(CypherFile.class)
  void noStatementScansUnlessItsHeaderSaysWhy(CypherFile file) {
    if (file.path().startsWith("schema/")) {
      return; // a command, which has no plan of its own
    }
    List<String> operators = operators(file.statement());
    assertThat(operators).isNotEmpty();
    List<String> scans = operators.stream().filter(QueryPlanIT::isScan).toList();
    if (file.scanReason().isEmpty()) {
      assertThat(scans).isEmpty();
    } else {
      assertThat(scans).as("a reason to scan, but no scan").isNotEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ANCESTORS", "DESCENDANTS", "BLAST"})
  void aBoundedSearchVisitsEachLayerOnceAndStreams(CypherFile file) {
    for (int longest : new int[] {9, 19, 64}) {
      for (boolean admin : new boolean[] {false, true}) {
        for (boolean present : new boolean[] {false, true}) {
          assertThat(operators(file.bounded(longest, admin, present)))
              .as("to %d steps, admin %s, present %s", longest, admin, present)
              .anyMatch(operator -> operator.contains("Pruning,BFS"))
              .noneMatch(QueryPlanIT::isScan)
              .noneMatch(operator -> operator.contains("Sort") || operator.contains("Range"));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("savedQueries")
  void noSavedQueryOfNeo4jBrowserScans(Path file) throws IOException {
    String text = Files.readString(file);
    assertThat(text).as("its first line is its name in Neo4j Browser").startsWith("// ");
    String statement = text.substring(text.indexOf('\n')).strip();
    assertThat(operators(statement)).isNotEmpty().noneMatch(QueryPlanIT::isScan);
    assertThat(Files.readString(file.resolveSibling("../lineage.html")))
        .as("the guide says the same")
        .contains(">" + statement.replace("<", "&lt;").replace(">", "&gt;") + "</pre>");
  }

  private static Stream<Path> savedQueries() throws IOException {
    Path folder = Path.of(System.getProperty("germline.root"), "deploy/neo4j/browser/queries");
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList().stream();
    }
  }

  /** Also DynamicLabelNodeLookup and the like: they read a whole label or type. */
  private static boolean isScan(String operator) {
    return operator.contains("Scan") || operator.startsWith("Dynamic");
  }

  private static List<String> operators(String statement) {
    Map<String, Object> parameters = new HashMap<>();
    Matcher matcher = PARAMETER.matcher(statement);
    while (matcher.find()) {
      parameters.put(
          matcher.group(1),
          switch (matcher.group(1)) {
            case "rows", "ids", "claims", "names", "places" -> List.of();
            case "depth", "limit", "nodes", "relations", "sequence" -> 1;
            case "admin" -> false;
            case "time" -> "2026-03-03T00:00:00Z";
            case "asOf" -> ZonedDateTime.parse("2026-03-03T12:00:00Z");
            default -> "x";
          });
    }
    try (Session session = driver.session()) {
      List<String> operators = new ArrayList<>();
      collect(
          session.run("EXPLAIN " + statement, parameters).consume().queryPlan().orElseThrow(),
          operators);
      return operators;
    }
  }

  private static void collect(Plan plan, List<String> into) {
    into.add(plan.operatorType());
    plan.children().forEach(child -> collect(child, into));
  }
}
