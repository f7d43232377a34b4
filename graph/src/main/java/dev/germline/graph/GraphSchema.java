package dev.germline.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Session;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.exceptions.DatabaseException;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.ServiceUnavailableException;

/**
 * The constraints and indexes of the graph. Every schema statement says IF [NOT] EXISTS and all of
 * them run in order at every start, so there is no record of versions to keep, no lock that a
 * killed process leaves behind, and a constraint that somebody dropped comes back.
 */
public final class GraphSchema {
  private static final int INDEX_WAIT_SECONDS = 300;
  private static final int TRIES = 5;

  /** How a constraint or index is not as it should be. */
  public enum Wrong {
    /** It is not there. */
    MISSING,
    /** Another one has its name. */
    DIFFERENT,
    /**
     * A constraint that nobody of us made: it may refuse what the ledger says. An index of somebody
     * else's is no fault.
     */
    FOREIGN
  }

  /**
   * A constraint or index that is not as it should be.
   *
   * @param what describes it
   */
  public record Difference(Wrong how, String name, String what) {}

  private GraphSchema() {}

  /**
   * Brings the schema up to date and waits until its indexes serve queries. Any number of processes
   * may do this at once.
   *
   * @throws Neo4jException if the server does not answer, or its contents break a constraint
   */
  public static void ensure(Driver driver) {
    try (Session session = driver.session()) {
      // Asked for first: a statement that finds its work done costs as much as this question.
      Map<String, SchemaRule> there = there(session);
      for (CypherFile file : CypherFile.schema()) {
        if (!there.containsValue(SchemaRule.of(file))) {
          create(session, file);
        }
      }
      session
          .run(CypherFile.SCHEMA_AWAIT_INDEXES.statement(), Map.of("seconds", INDEX_WAIT_SECONDS))
          .consume();
    }
  }

  /** How the schema differs from what {@link #ensure} makes; empty if it does not. */
  public static List<Difference> differences(Session session) {
    Map<String, SchemaRule> there = there(session);
    List<Difference> differences = new ArrayList<>();
    for (SchemaRule wanted : wanted()) {
      SchemaRule found = there.remove(wanted.name());
      if (found == null) {
        differences.add(new Difference(Wrong.MISSING, wanted.name(), wanted.what()));
      } else if (!found.equals(wanted)) {
        String what = found.what() + " instead of " + wanted.what();
        differences.add(new Difference(Wrong.DIFFERENT, wanted.name(), what));
      }
    }
    there.values().stream()
        .filter(SchemaRule::constraint)
        .map(foreign -> new Difference(Wrong.FOREIGN, foreign.name(), foreign.what()))
        .forEach(differences::add);
    return differences;
  }

  /**
   * Removes what keeps {@link #ensure} from making the schema, or the ledger from being projected:
   * constraints of somebody else's, and whatever is in the place of ours. Part of a rebuild.
   */
  public static void clearForeign(Session session) {
    Map<String, SchemaRule> foreign = there(session);
    List<SchemaRule> wanted = wanted();
    wanted.forEach(rule -> foreign.remove(rule.name(), rule));
    for (SchemaRule rule : foreign.values()) {
      if (rule.constraint() || wanted.stream().anyMatch(rule::isInTheWayOf)) {
        Map<String, Object> name = Map.of("name", rule.name());
        session.run(CypherFile.SCHEMA_DROP_CONSTRAINT.statement(), name).consume();
        session.run(CypherFile.SCHEMA_DROP_INDEX.statement(), name).consume();
      }
    }
  }

  private static List<SchemaRule> wanted() {
    return CypherFile.schema().stream().map(SchemaRule::of).toList();
  }

  /** What is there and works, by name. */
  private static Map<String, SchemaRule> there(Session session) {
    Map<String, SchemaRule> there = new TreeMap<>();
    session
        .run(CypherFile.SCHEMA_CONSTRAINTS.statement())
        .forEachRemaining(row -> there.put(row.get("name").asString(), SchemaRule.of(true, row)));
    session
        .run(CypherFile.SCHEMA_INDEXES.statement())
        .forEachRemaining(row -> there.put(row.get("name").asString(), SchemaRule.of(false, row)));
    return there;
  }

  /**
   * IF NOT EXISTS still fails when another process makes the same constraint in that moment (as
   * existing, or as a deadlock), and when one was killed while it did: the index it began with is
   * there without its constraint.
   */
  private static void create(Session session, CypherFile file) {
    for (int attempt = 1; ; attempt++) {
      try {
        session.run(file.statement()).consume();
        return;
      } catch (Neo4jException e) {
        if (attempt == TRIES || e instanceof ServiceUnavailableException) {
          throw e;
        }
        dropOrphan(session, file);
      }
    }
  }

  private static void dropOrphan(Session session, CypherFile file) {
    Map<String, Object> name =
        Map.of("name", file.path().substring("schema/".length()).replace('-', '_'));
    if (session.run(CypherFile.SCHEMA_ORPHAN_INDEX.statement(), name).stream().count() > 0) {
      try {
        session.run(CypherFile.SCHEMA_DROP_INDEX.statement(), name).consume();
      } catch (ClientException | DatabaseException finished) {
        // It was no orphan: its maker has just completed the constraint, which the next try finds.
      }
    }
  }
}
