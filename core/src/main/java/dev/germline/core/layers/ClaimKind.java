package dev.germline.core.layers;

import java.util.List;
import java.util.stream.Stream;

/** What a claim says, by the name that its record, the graph and the API give it. */
public sealed interface ClaimKind permits Relationship.Kind, Statement.Kind, Reply.Kind {
  /** The name, such as {@code EVOLVED_FROM}. */
  String name();

  /** All of them: relations, statements, replies. */
  static List<ClaimKind> all() {
    return Stream.<ClaimKind[]>of(
            Relationship.Kind.values(), Statement.Kind.values(), Reply.Kind.values())
        .flatMap(Stream::of)
        .toList();
  }
}
