package dev.germline.core.compatibility;

import dev.germline.core.compatibility.Combination.Member;
import dev.germline.core.compatibility.Combination.Origin;
import dev.germline.core.compatibility.Reason.Code;
import dev.germline.core.layers.Dependency;
import dev.germline.core.layers.LayerFamily;
import dev.germline.core.layers.LayerStatus;
import dev.germline.core.substrate.Digest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What publishers and others say: conflicts, revocations, what would be good to have. */
final class StatementRules {
  private StatementRules() {}

  static void judge(Combination combination, Policy policy, Consumer<Reason> reasons) {
    combination.members().forEach(member -> standing(combination, member, reasons));
    optional(combination, reasons);
    conflicts(combination, policy, reasons);
  }

  private static void standing(Combination combination, Member member, Consumer<Reason> reasons) {
    switch (member.status()) {
      case ACTIVE -> {}
      case YANKED ->
          reasons.accept(
              new Reason(
                  Code.YANKED,
                  Severity.WARN,
                  member.name() + " was yanked: take another version for new work",
                  List.of(member.name()),
                  member.shown()));
      case REVOKED ->
          reasons.accept(
              new Reason(
                  Code.REVOKED,
                  Severity.FAIL,
                  member.name() + " was revoked: it must not be used any more",
                  List.of(member.name()),
                  member.shown()));
    }
    for (Origin origin : combination.origins(member)) {
      boolean parent = !origin.digest().equals(member.digest());
      if (parent && origin.known().map(k -> k.status() == LayerStatus.REVOKED).orElse(false)) {
        reasons.accept(
            new Reason(
                Code.PARENT_REVOKED,
                Severity.WARN,
                member.name()
                    + " descends from "
                    + origin.name()
                    + ", which was revoked: find out whether the reason holds for it too",
                List.of(member.name(), origin.name()),
                origin.path()));
      }
    }
  }

  private static void optional(Combination combination, Consumer<Reason> reasons) {
    Set<LayerFamily> present =
        combination.members().stream().map(m -> m.name().family()).collect(Collectors.toSet());
    for (Member member : combination.members()) {
      for (Dependency dependency : member.layer().manifest().dependencies()) {
        if (!dependency.required() && !present.contains(dependency.layer())) {
          reasons.accept(
              new Reason(
                  Code.OPTIONAL_DEPENDENCY_MISSING,
                  Severity.WARN,
                  "%s works better with %s %s (%s), which is not in the combination: add it to the layers, or do without"
                      .formatted(
                          member.name(),
                          dependency.layer(),
                          dependency.versions(),
                          dependency.dependencyType()),
                  List.of(member.name()),
                  append(member.shown(), dependency.layer().toString())));
        }
      }
    }
  }

  private static void conflicts(Combination combination, Policy policy, Consumer<Reason> reasons) {
    Map<Digest, Member> members = new HashMap<>();
    combination.members().forEach(member -> members.put(member.digest(), member));
    for (Combination.Stated claim : combination.conflicts()) {
      Member subject = members.get(claim.subject());
      Member object = members.get(claim.object());
      if (subject == null || object == null) {
        continue;
      }
      String resolution = claim.resolution() == null ? "" : "; what to do: " + claim.resolution();
      reasons.accept(
          new Reason(
              Code.CONFLICT_CLAIMED,
              claim.severity() >= policy.conflictSeverity() ? Severity.FAIL : Severity.WARN,
              "%s conflicts with %s (%s, severity %s), says %s%s"
                  .formatted(
                      subject.name(),
                      object.name(),
                      claim.conflictType(),
                      claim.severity(),
                      claim.by(),
                      resolution),
              List.of(subject.name(), object.name()),
              append(subject.shown(), object.name().toString())));
    }
  }

  static List<String> append(List<String> path, String last) {
    return Stream.concat(path.stream(), Stream.of(last)).toList();
  }
}
