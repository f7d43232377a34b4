package dev.germline.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Session;
import org.neo4j.driver.summary.Plan;

/** Asks Neo4j how it would run each statement, on the schema as it is. */
class QueryPlanIT {
  private static final Pattern PARAMETER = Pattern.compile("\\$([a-z]+)");

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
    List<String> operators = operators(file);
    assertThat(operators).isNotEmpty();
    List<String> scans = operators.stream().filter(QueryPlanIT::isScan).toList();
    if (file.scanReason().isEmpty()) {
      assertThat(scans).isEmpty();
    } else {
      assertThat(scans).as("a reason to scan, but no scan").isNotEmpty();
    }
  }

  /** Also DynamicLabelNodeLookup and the like: they read a whole label or type. */
  private static boolean isScan(String operator) {
    return operator.contains("Scan") || operator.startsWith("Dynamic");
  }

  private static List<String> operators(CypherFile file) {
    Map<String, Object> parameters = new HashMap<>();
    Matcher matcher = PARAMETER.matcher(file.statement());
    while (matcher.find()) {
      parameters.put(
          matcher.group(1),
          switch (matcher.group(1)) {
            case "rows", "ids", "claims" -> List.of();
            case "limit", "nodes", "relations", "sequence" -> 1;
            case "admin" -> false;
            default -> "x";
          });
    }
    try (Session session = driver.session()) {
      List<String> operators = new ArrayList<>();
      collect(
          session
              .run("EXPLAIN " + file.statement(), parameters)
              .consume()
              .queryPlan()
              .orElseThrow(),
          operators);
      return operators;
    }
  }

  private static void collect(Plan plan, List<String> into) {
    into.add(plan.operatorType());
    plan.children().forEach(child -> collect(child, into));
  }
}
