package dev.germline.graph;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.neo4j.driver.Record;

/**
 * A constraint or an index, as far as it can be told from another one.
 *
 * @param constraint whether it is a constraint, with the index that belongs to it
 * @param tokens the labels or relationship types it is about
 * @param properties the properties it is about
 */
record SchemaRule(boolean constraint, String name, Set<String> tokens, Set<String> properties) {
  private static final Pattern STATEMENT =
      Pattern.compile(
          "CREATE (?<kind>CONSTRAINT|INDEX|FULLTEXT INDEX) (?<name>\\w+) IF NOT EXISTS"
              + " FOR \\(?\\)?-?[(\\[](?<variable>\\w+):(?<token>\\w+)[)\\]].*",
          Pattern.DOTALL);

  SchemaRule {
    tokens = Set.copyOf(tokens);
    properties = Set.copyOf(properties);
  }

  static boolean makesOne(String statement) {
    return STATEMENT.matcher(statement).matches();
  }

  /** What a statement of ours makes. */
  static SchemaRule of(CypherFile file) {
    Matcher statement = STATEMENT.matcher(file.statement());
    if (!statement.matches()) {
      throw new IllegalArgumentException(file.path() + " makes no constraint or index");
    }
    Set<String> properties = new TreeSet<>();
    Matcher property =
        Pattern.compile("\\b" + statement.group("variable") + "\\.(\\w+)")
            .matcher(file.statement());
    while (property.find()) {
      properties.add(property.group(1));
    }
    return new SchemaRule(
        statement.group("kind").equals("CONSTRAINT"),
        statement.group("name"),
        Set.of(statement.group("token")),
        properties);
  }

  /** What the server shows. */
  static SchemaRule of(boolean constraint, Record row) {
    return new SchemaRule(
        constraint,
        row.get("name").asString(),
        Set.copyOf(row.get("tokens").asList(token -> token.asString(), List.of())),
        Set.copyOf(row.get("properties").asList(name -> name.asString(), List.of())));
  }

  /** Whether Neo4j would not make {@code wanted} beside it. */
  boolean isInTheWayOf(SchemaRule wanted) {
    return name.equals(wanted.name)
        || (tokens.equals(wanted.tokens) && properties.equals(wanted.properties));
  }

  String what() {
    return "%s on %s of %s"
        .formatted(
            constraint ? "constraint" : "index", new TreeSet<>(properties), new TreeSet<>(tokens));
  }
}
