package dev.germline.graph.audit;

/**
 * One element in which the graph is not what the ledger says.
 *
 * @param id of a node: the entity's id, or Neo4j's element id if it has none; of a relation: {@code
 *     source -[TYPE]-> target}; of a claim's arrow: {@code TYPE claim ID}; of a constraint or
 *     index: its name
 * @param what is wrong with it, for a human
 */
public record Finding(Kind kind, Element element, String id, String what) {
  /** How it is wrong. */
  public enum Kind {
    /** The ledger demands it, the graph has none. */
    MISSING,
    /** The graph has it, the ledger does not. */
    UNEXPECTED,
    /** Both have it, with other labels, properties or ends. */
    DIFFERENT
  }

  /** What it is about. */
  public enum Element {
    NODE,
    RELATION,
    /** A relation between layers that a claim stands for. */
    ARROW,
    /** The node that says which diff the graph shows. */
    POSITION,
    /** A constraint or an index. */
    SCHEMA
  }
}
