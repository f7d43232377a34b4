package dev.germline.core.compatibility;

import dev.germline.core.compatibility.Combination.Member;
import dev.germline.core.compatibility.Combination.Origin;
import dev.germline.core.compatibility.Reason.Code;
import dev.germline.core.layers.LoraLayer;
import dev.germline.core.substrate.Digest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Adapters that change the same modules of one base: their effects add up. */
final class ModuleRules {
  private static final int SHOWN = 8;

  private ModuleRules() {}

  static void judge(Combination combination, Consumer<Reason> reasons) {
    List<Member> adapters = combination.ofType(LoraLayer.class);
    for (int i = 0; i < adapters.size(); i++) {
      for (int j = i + 1; j < adapters.size(); j++) {
        pair(combination, adapters.get(i), adapters.get(j), reasons);
      }
    }
  }

  private static void pair(
      Combination combination, Member one, Member other, Consumer<Reason> reasons) {
    Optional<Digest> base = combination.base(one).map(Origin::digest);
    Optional<Digest> otherBase = combination.base(other).map(Origin::digest);
    if (base.isPresent() && otherBase.isPresent() && !base.equals(otherBase)) {
      return; // said already, and worse
    }
    Map<String, List<Long>> weights =
        base.or(() -> otherBase).map(digest -> combination.tensors().get(digest)).orElse(null);
    Targets mine = Targets.of(((LoraLayer) one.layer()).loraConfig().targetModules());
    Targets theirs = Targets.of(((LoraLayer) other.layer()).loraConfig().targetModules());
    List<String> modules = weights == null ? null : new AdapterShapes.ModuleNames(weights).linear();
    switch (mine.overlap(theirs, modules)) {
      case Targets.Overlap.None _ -> {}
      case Targets.Overlap.Undecided undecided ->
          reasons.accept(
              reason(
                  Code.TARGET_MODULES_UNKNOWN,
                  "whether %s and %s change the same modules cannot be told: %s"
                      .formatted(one.name(), other.name(), undecided.why()),
                  one,
                  other));
      case Targets.Overlap.Both both -> {
        List<String> shared = both.modules();
        String more = shared.size() > SHOWN ? " and " + (shared.size() - SHOWN) + " more" : "";
        reasons.accept(
            reason(
                Code.TARGET_MODULES_OVERLAP,
                "%s and %s both change %s%s: their effects add up; give them weights, or merge them with a method that resolves it (ties, dare)"
                    .formatted(
                        one.name(),
                        other.name(),
                        String.join(", ", shared.stream().limit(SHOWN).toList()),
                        more),
                one,
                other));
      }
    }
  }

  private static Reason reason(Code code, String message, Member one, Member other) {
    return new Reason(
        code, Severity.WARN, message, List.of(one.name(), other.name()), other.shown());
  }
}
