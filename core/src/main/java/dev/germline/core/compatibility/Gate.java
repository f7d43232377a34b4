package dev.germline.core.compatibility;

import dev.germline.core.compatibility.license.LicenseTable;
import dev.germline.core.compatibility.resolve.Premise;
import dev.germline.core.compatibility.resolve.Resolution;
import dev.germline.core.layers.LayerFamily;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Puts a combination to every rule. Stateless. */
public final class Gate {
  private static final Comparator<Reason> HEAVIEST_FIRST =
      Comparator.comparing(Reason::severity)
          .reversed()
          .thenComparing(Reason::code)
          .thenComparing(Reason::message);

  private Gate() {}

  /** What the rules say of a combination that was resolved before. */
  public static Verdict judge(Combination combination, Policy policy, Limits limits) {
    return judge(combination, new Resolution.Resolved(List.of()), policy, limits);
  }

  /**
   * What the rules say of a combination.
   *
   * @param resolution how it came to be; without an answer that is a reason too
   */
  public static Verdict judge(
      Combination combination, Resolution resolution, Policy policy, Limits limits) {
    List<Reason> reasons = new ArrayList<>();
    if (resolution instanceof Resolution.Unsatisfiable why) {
      reasons.add(unsatisfiable(why));
    }
    StatementRules.judge(combination, policy, reasons::add);
    ArchitectureRules.judge(combination, policy, reasons::add);
    ModuleRules.judge(combination, reasons::add);
    ConfigRules.judge(combination, policy, reasons::add);
    LicenseRules license = new LicenseRules(LicenseTable.standard(), combination, policy);
    license.judge(reasons::add);
    FileRules.judge(combination, policy, reasons::add);
    Verdict.Needs needs = ResourceRules.judge(combination, limits, reasons::add);
    List<Reason> sorted = reasons.stream().distinct().sorted(HEAVIEST_FIRST).toList();
    Severity outcome = sorted.stream().map(Reason::severity).reduce(Severity.PASS, Severity::max);
    return new Verdict(outcome, sorted, license.shipping(), needs);
  }

  /**
   * What licences come to.
   *
   * @param reasons heaviest first
   */
  public record Licensing(List<Reason> reasons, Verdict.Shipping terms) {}

  /** What the rules for licences alone say: of the members and of all that they descend from. */
  public static Licensing licensing(Combination combination, Policy policy) {
    List<Reason> reasons = new ArrayList<>();
    LicenseRules license = new LicenseRules(LicenseTable.standard(), combination, policy);
    license.judge(reasons::add);
    return new Licensing(
        reasons.stream().distinct().sorted(HEAVIEST_FIRST).toList(), license.shipping());
  }

  private static Reason unsatisfiable(Resolution.Unsatisfiable why) {
    List<String> path = new ArrayList<>();
    Optional<LayerFamily> next =
        why.premises().stream().filter(p -> p.dependent() == null).map(Premise::layer).findFirst();
    while (next.isPresent()) {
      LayerFamily at = next.get();
      path.add(at.toString());
      next =
          why.premises().stream()
              .filter(p -> at.equals(p.dependent()))
              .map(Premise::layer)
              .filter(layer -> !path.contains(layer.toString()))
              .findFirst();
    }
    return new Reason(
        Reason.Code.DEPENDENCY_CONFLICT,
        Severity.FAIL,
        String.join(" ", why.steps()),
        List.of(),
        path);
  }
}
