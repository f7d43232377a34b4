package dev.germline.core.substrate;

/** The four kinds of entity, in the order in which their roots are composed (CP-001 section 5). */
public enum EntityKind {
  DOCUMENT(1),
  CHUNK(2),
  EMBEDDING(3),
  EDGE(4);

  private final int tag;

  EntityKind(int tag) {
    this.tag = tag;
  }

  /** The byte that stands for the kind wherever it is hashed (docs/cp-001-profile.md). */
  public int tag() {
    return tag;
  }
}
