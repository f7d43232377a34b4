package dev.germline.core.compatibility;

import dev.germline.core.compatibility.Combination.Configuration;
import dev.germline.core.compatibility.Combination.Member;
import dev.germline.core.compatibility.Combination.Origin;
import dev.germline.core.compatibility.Reason.Code;
import dev.germline.core.layers.FoundationLayer;
import dev.germline.core.layers.LoraLayer;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.ModelConfig;
import dev.germline.core.weights.PeftAdapter;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Do a layer's own files, config.json and adapter_config.json, bear out what is said of it. */
final class ConfigRules {
  private static final int SHOWN = 4;

  private ConfigRules() {}

  static void judge(Combination combination, Policy policy, Consumer<Reason> reasons) {
    for (Member member : combination.members()) {
      Configuration said = combination.configurations().get(member.digest());
      if (said == null) {
        continue;
      }
      for (String what : said.unreadable()) {
        reasons.accept(
            reason(
                Code.CONFIG_UNREADABLE,
                Severity.WARN,
                "%s: %s; what it says of the layer was not looked at"
                    .formatted(member.name(), what),
                member));
      }
      ModelConfig config = said.model();
      if (config != null && member.layer() instanceof FoundationLayer model) {
        model(member, model.baseModel(), config, reasons);
      }
      PeftAdapter adapter = said.adapter();
      if (adapter != null && member.layer() instanceof LoraLayer lora) {
        declared(member, lora.loraConfig(), adapter, reasons);
        combination
            .base(member)
            .ifPresent(base -> targets(combination, member, base, adapter, reasons));
        weights(combination, member, adapter, reasons);
      }
      if (config != null && member.layer() instanceof LoraLayer) {
        combination.base(member).ifPresent(base -> base(combination, member, base, said, reasons));
      }
    }
    models(combination, policy, reasons);
  }

  private static void model(
      Member member,
      FoundationLayer.BaseModel declared,
      ModelConfig config,
      Consumer<Reason> reasons) {
    Long window = config.contextWindow();
    if (window != null && window < declared.contextWindow()) {
      differs(
          member,
          "config.json gives it a context window of %d tokens, its record %d: give it at most %d"
              .formatted(window, declared.contextWindow(), window),
          reasons);
    }
    String architecture = declared.architecture();
    if (architecture != null
        && !config.architectures().isEmpty()
        && !config.architectures().contains(architecture)
        && !architecture.equals(config.modelType())) {
      differs(
          member,
          "config.json says %s, its record %s: it is loaded as the first"
              .formatted(String.join(", ", config.architectures()), architecture),
          reasons);
    }
  }

  private static void declared(
      Member member, LoraLayer.LoraConfig declared, PeftAdapter config, Consumer<Reason> reasons) {
    if (!config.isLora()) {
      differs(
          member,
          "adapter_config.json says it is a %s adapter, its record LoRA"
              .formatted(config.peftType()),
          reasons);
      return;
    }
    if (config.rank() != declared.rank() || config.alpha() != declared.alpha()) {
      differs(
          member,
          "adapter_config.json says rank %d and alpha %s, its record %d and %s: PEFT goes by the first"
              .formatted(config.rank(), config.alpha(), declared.rank(), declared.alpha()),
          reasons);
    }
    if (!config.targetModules().isEmpty()
        && !new HashSet<>(config.targetModules()).equals(new HashSet<>(declared.targetModules()))) {
      differs(
          member,
          "adapter_config.json names the modules %s, its record %s: PEFT goes by the first"
              .formatted(some(config.targetModules()), some(declared.targetModules())),
          reasons);
    }
  }

  /** What PEFT would not find in the base, where no weights of the adapter tell it more exactly. */
  private static void targets(
      Combination combination,
      Member member,
      Origin base,
      PeftAdapter config,
      Consumer<Reason> reasons) {
    Map<String, List<Long>> weights = combination.tensors().get(base.digest());
    if (weights == null
        || config.targetModules().isEmpty()
        || combination.tensors().containsKey(member.digest())) {
      return;
    }
    List<String> modules = new AdapterShapes.ModuleNames(weights).linear();
    if (!modules.isEmpty()
        && Targets.of(config.targetModules()).without(modules).size() == modules.size()) {
      reasons.accept(
          new Reason(
              Code.TARGET_MODULES_ABSENT,
              Severity.FAIL,
              "adapter_config.json of %s names %s, and %s has no such modules; it was made for another model"
                  .formatted(member.name(), some(config.targetModules()), base.name()),
              List.of(member.name(), base.name()),
              base.path()));
    }
  }

  /** PEFT loads the modules that the configuration names, and drops the weights of others. */
  private static void weights(
      Combination combination, Member member, PeftAdapter config, Consumer<Reason> reasons) {
    Map<String, List<Long>> factors = combination.tensors().get(member.digest());
    if (factors == null || config.targetModules().isEmpty()) {
      return;
    }
    Collection<String> changed = AdapterShapes.changed(factors);
    List<String> dropped = Targets.of(config.targetModules()).without(changed);
    if (!dropped.isEmpty()) {
      reasons.accept(
          reason(
              Code.TARGET_MODULES_ABSENT,
              Severity.FAIL,
              "adapter_config.json of %s names the modules %s, and its weights are of %s: PEFT would drop them without a word; correct target_modules"
                  .formatted(member.name(), some(config.targetModules()), some(dropped)),
              member));
    }
  }

  private static void base(
      Combination combination,
      Member member,
      Origin base,
      Configuration said,
      Consumer<Reason> reasons) {
    String mine = modelType(said);
    String theirs = modelType(combination.configurations().get(base.digest()));
    if (mine != null && theirs != null && !mine.equals(theirs)) {
      reasons.accept(
          new Reason(
              Code.BASE_DIFFERS,
              Severity.FAIL,
              "config.json of %s is of a %s model, and its base %s is %s: take the base it was made for"
                  .formatted(member.name(), mine, base.name(), theirs),
              List.of(member.name(), base.name()),
              base.path()));
    }
  }

  /** What records and tensors do not tell of models that are to go together. */
  private static void models(Combination combination, Policy policy, Consumer<Reason> reasons) {
    List<Member> models = combination.ofType(FoundationLayer.class);
    Severity severity = policy.merging() ? Severity.FAIL : Severity.WARN;
    for (int i = 1; i < models.size(); i++) {
      Member one = models.getFirst();
      Member other = models.get(i);
      Optional<ModelConfig> mine = model(combination, one.digest());
      Optional<ModelConfig> theirs = model(combination, other.digest());
      if (mine.isEmpty() || theirs.isEmpty()) {
        continue;
      }
      boolean declared =
          ((FoundationLayer) one.layer()).baseModel().architecture() != null
              && ((FoundationLayer) other.layer()).baseModel().architecture() != null;
      boolean known =
          combination.tensors().containsKey(one.digest())
              && combination.tensors().containsKey(other.digest());
      if (!declared && !known && unequal(mine.get().modelType(), theirs.get().modelType())) {
        reasons.accept(
            pair(
                Code.SHAPES_DIFFER,
                severity,
                "%s and %s are not of one architecture (%s and %s): they run side by side, but cannot be merged"
                    .formatted(
                        one.name(), other.name(), mine.get().modelType(), theirs.get().modelType()),
                one,
                other));
      }
      if (unequal(mine.get().vocabulary(), theirs.get().vocabulary())) {
        reasons.accept(
            pair(
                Code.TOKENIZER_DIFFERS,
                severity,
                "%s has %d tokens and %s %d: their tokens mean different things"
                    .formatted(
                        one.name(),
                        mine.get().vocabulary(),
                        other.name(),
                        theirs.get().vocabulary()),
                one,
                other));
      }
    }
  }

  private static Optional<ModelConfig> model(Combination combination, Digest digest) {
    return Optional.ofNullable(combination.configurations().get(digest)).map(Configuration::model);
  }

  private static @Nullable String modelType(@Nullable Configuration said) {
    ModelConfig config = said == null ? null : said.model();
    return config == null ? null : config.modelType();
  }

  private static <T> boolean unequal(@Nullable T one, @Nullable T other) {
    return one != null && other != null && !one.equals(other);
  }

  private static String some(Collection<String> modules) {
    int more = modules.size() - SHOWN;
    return String.join(", ", modules.stream().limit(SHOWN).toList())
        + (more > 0 ? " and " + more + " more" : "");
  }

  private static void differs(Member member, String what, Consumer<Reason> reasons) {
    reasons.accept(reason(Code.CONFIG_DIFFERS, Severity.WARN, member.name() + ": " + what, member));
  }

  private static Reason reason(Code code, Severity severity, String message, Member member) {
    return new Reason(code, severity, message, List.of(member.name()), member.shown());
  }

  private static Reason pair(
      Code code, Severity severity, String message, Member one, Member other) {
    return new Reason(code, severity, message, List.of(one.name(), other.name()), other.shown());
  }
}
