package dev.germline.core.compatibility;

import dev.germline.core.compatibility.Combination.Member;
import dev.germline.core.compatibility.Combination.Origin;
import dev.germline.core.compatibility.Reason.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Does an adapter fit its base, tensor by tensor: PEFT names the two factors of {@code M.weight}
 * {@code base_model.model.M.lora_A.weight} (rank × in) and {@code lora_B} (out × rank).
 */
final class AdapterShapes {
  private static final Pattern FACTOR =
      Pattern.compile("(?:base_model\\.model\\.)?(.+)\\.lora_([AB])(?:\\.[^.]+)?\\.weight");
  private static final int SHOWN = 4;

  private AdapterShapes() {}

  static void judge(
      Combination combination, Member adapter, Origin base, Consumer<Reason> reasons) {
    Map<String, List<Long>> factors = combination.tensors().get(adapter.digest());
    Map<String, List<Long>> weights = combination.tensors().get(base.digest());
    if (factors == null || weights == null) {
      return;
    }
    ModuleNames modules = new ModuleNames(weights);
    List<String> absent = new ArrayList<>();
    List<String> unfit = new ArrayList<>();
    for (Map.Entry<String, List<Long>> factor : new TreeMap<>(factors).entrySet()) {
      Matcher name = FACTOR.matcher(factor.getKey());
      if (!name.matches()) {
        continue;
      }
      List<Long> weight = modules.weightOf(name.group(1));
      if (weight == null) {
        absent.add(name.group(1));
      } else if (!fits(name.group(2), factor.getValue(), weight)) {
        unfit.add(factor.getKey() + " " + factor.getValue() + " onto " + weight);
      }
    }
    say(
        adapter,
        base,
        Code.TARGET_MODULES_ABSENT,
        "changes modules that %s does not have",
        absent,
        reasons);
    say(adapter, base, Code.SHAPES_DIFFER, "has weights that do not fit %s", unfit, reasons);
  }

  /** The modules that an adapter's weights change, as they name them. */
  static SortedSet<String> changed(Map<String, List<Long>> factors) {
    SortedSet<String> modules = new TreeSet<>();
    for (String name : factors.keySet()) {
      Matcher factor = FACTOR.matcher(name);
      if (factor.matches()) {
        modules.add(factor.group(1));
      }
    }
    return modules;
  }

  private static boolean fits(String side, List<Long> factor, List<Long> weight) {
    if (factor.size() != 2 || weight.size() != 2) {
      return true; // convolutions and the like have rules of their own
    }
    long wide = side.equals("A") ? factor.get(1) : factor.get(0);
    long straight = side.equals("A") ? weight.get(1) : weight.get(0);
    long transposed = side.equals("A") ? weight.get(0) : weight.get(1);
    return wide == straight || wide == transposed; // Conv1D stores in × out
  }

  private static void say(
      Member adapter,
      Origin base,
      Code code,
      String what,
      List<String> which,
      Consumer<Reason> reasons) {
    List<String> distinct = which.stream().distinct().toList();
    if (distinct.isEmpty()) {
      return;
    }
    String some = String.join(", ", distinct.stream().limit(SHOWN).toList());
    int more = distinct.size() - SHOWN;
    reasons.accept(
        new Reason(
            code,
            Severity.FAIL,
            "%s %s: %s%s; it was made for another model"
                .formatted(
                    adapter.name(),
                    what.formatted(base.name()),
                    some,
                    more > 0 ? " and " + more + " more" : ""),
            List.of(adapter.name(), base.name()),
            base.path()));
  }

  /** Weights by module, also where one of the two names has a prefix more. */
  static final class ModuleNames {
    private final Map<String, List<Long>> byModule = new TreeMap<>();

    ModuleNames(Map<String, List<Long>> weights) {
      weights.forEach((name, shape) -> {
        if (name.endsWith(".weight")) {
          byModule.put(name.substring(0, name.length() - ".weight".length()), shape);
        }
      });
    }

    /** The modules there are, those with two dimensions only: what LoRA adapts. */
    List<String> linear() {
      return byModule.entrySet().stream()
          .filter(e -> e.getValue().size() == 2)
          .map(Map.Entry::getKey)
          .toList();
    }

    @Nullable List<Long> weightOf(String module) {
      List<Long> exact = byModule.get(module);
      if (exact != null) {
        return exact;
      }
      for (Map.Entry<String, List<Long>> one : byModule.entrySet()) {
        if (one.getKey().endsWith("." + module) || module.endsWith("." + one.getKey())) {
          return one.getValue();
        }
      }
      return null;
    }
  }
}
