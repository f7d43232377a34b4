package dev.germline.core.compatibility;

import dev.germline.core.compatibility.Combination.Member;
import dev.germline.core.compatibility.Combination.Origin;
import dev.germline.core.compatibility.Reason.Code;
import dev.germline.core.layers.FoundationLayer;
import dev.germline.core.layers.Layer;
import dev.germline.core.layers.LayerFile;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LoraLayer;
import dev.germline.core.substrate.Digest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Were these parts made for each other: base, shapes, tokenizer, context window. */
final class ArchitectureRules {
  /** Files that hold a tokenizer's vocabulary, the most telling first. */
  private static final List<String> TOKENIZERS =
      List.of("tokenizer.json", "tokenizer.model", "spiece.model", "vocab.json", "vocab.txt");

  private ArchitectureRules() {}

  static void judge(Combination combination, Policy policy, Consumer<Reason> reasons) {
    bases(combination, reasons);
    models(combination, policy, reasons);
    for (Member adapter : combination.ofType(LoraLayer.class)) {
      combination
          .base(adapter)
          .ifPresent(base -> {
            adapterTokenizer(adapter, base, reasons);
            AdapterShapes.judge(combination, adapter, base, reasons);
          });
    }
  }

  private static void bases(Combination combination, Consumer<Reason> reasons) {
    List<Member> models =
        combination.members().stream().filter(m -> !(m.layer() instanceof LoraLayer)).toList();
    List<Member> foundations =
        models.stream().filter(m -> m.layer() instanceof FoundationLayer).toList();
    Origin first = null;
    Member whose = null;
    for (Member adapter : combination.ofType(LoraLayer.class)) {
      Optional<Origin> base = combination.base(adapter);
      if (base.isEmpty()) {
        unknown(adapter, reasons);
        continue;
      }
      Origin mine = base.get();
      boolean present = models.stream().anyMatch(m -> m.digest().equals(mine.digest()));
      if (!foundations.isEmpty() && !present) {
        String there =
            foundations.stream()
                .map(m -> pinned(m.name(), m.digest()))
                .collect(Collectors.joining(", "));
        reasons.accept(
            new Reason(
                Code.BASE_DIFFERS,
                Severity.FAIL,
                "%s was made for %s, and the combination has %s: take the base it was made for, or an adapter for this one"
                    .formatted(adapter.name(), pinned(mine.name(), mine.digest()), there),
                List.of(adapter.name(), mine.name()),
                mine.path()));
      } else if (foundations.isEmpty()
          && first != null
          && whose != null
          && !first.digest().equals(mine.digest())) {
        reasons.accept(
            new Reason(
                Code.BASE_DIFFERS,
                Severity.FAIL,
                "%s was made for %s, and %s for %s: adapters of different bases do not go onto one model"
                    .formatted(
                        whose.name(),
                        pinned(first.name(), first.digest()),
                        adapter.name(),
                        pinned(mine.name(), mine.digest())),
                List.of(whose.name(), adapter.name()),
                mine.path()));
      }
      if (first == null) {
        first = mine;
        whose = adapter;
      }
    }
  }

  private static void unknown(Member adapter, Consumer<Reason> reasons) {
    String said =
        adapter.layer().manifest().files().stream()
            .filter(file -> file.metadata().containsKey("baseModel"))
            .map(file ->
                "; its configuration names "
                    + file.metadata().get("baseModel")
                    + ("true".equals(file.metadata().get("baseIsLocalPath"))
                        ? ", a path on the machine that trained it"
                        : ""))
            .findFirst()
            .orElse("");
    reasons.accept(
        new Reason(
            Code.BASE_UNKNOWN,
            Severity.WARN,
            adapter.name()
                + " does not say what it was made for"
                + said
                + ": publish it with its base as a parent",
            List.of(adapter.name()),
            adapter.shown()));
  }

  private static void models(Combination combination, Policy policy, Consumer<Reason> reasons) {
    List<Member> models = combination.ofType(FoundationLayer.class);
    for (int i = 1; i < models.size(); i++) {
      Member one = models.getFirst();
      Member other = models.get(i);
      shapes(combination, one, other, policy, reasons);
      differs(tokenizer(one.layer()), tokenizer(other.layer()))
          .ifPresent(files ->
              reasons.accept(
                  pair(
                      Code.TOKENIZER_DIFFERS,
                      policy.merging() ? Severity.FAIL : Severity.WARN,
                      "%s and %s cut texts differently (%s): their tokens mean different things"
                          .formatted(one.name(), other.name(), files),
                      one,
                      other)));
      long mine = ((FoundationLayer) one.layer()).baseModel().contextWindow();
      long theirs = ((FoundationLayer) other.layer()).baseModel().contextWindow();
      if (mine != theirs) {
        reasons.accept(
            pair(
                Code.CONTEXT_WINDOW_DIFFERS,
                Severity.WARN,
                "%s takes %d tokens and %s %d: give the combination at most %d"
                    .formatted(one.name(), mine, other.name(), theirs, Math.min(mine, theirs)),
                one,
                other));
      }
    }
  }

  private static void shapes(
      Combination combination, Member one, Member other, Policy policy, Consumer<Reason> reasons) {
    FoundationLayer.BaseModel mine = ((FoundationLayer) one.layer()).baseModel();
    FoundationLayer.BaseModel theirs = ((FoundationLayer) other.layer()).baseModel();
    Map<String, List<Long>> ours = combination.tensors().get(one.digest());
    Map<String, List<Long>> others = combination.tensors().get(other.digest());
    String what = null;
    if (mine.architecture() != null
        && theirs.architecture() != null
        && !mine.architecture().equals(theirs.architecture())) {
      what = mine.architecture() + " and " + theirs.architecture();
    } else if (ours != null && others != null) {
      what = firstDifference(ours, others);
    } else if (mine.parameterCount() != theirs.parameterCount()) {
      what = mine.parameterCount() + " and " + theirs.parameterCount() + " parameters";
    }
    if (what != null) {
      reasons.accept(
          pair(
              Code.SHAPES_DIFFER,
              policy.merging() ? Severity.FAIL : Severity.WARN,
              "%s and %s are not of one architecture (%s): they run side by side, but cannot be merged"
                  .formatted(one.name(), other.name(), what),
              one,
              other));
    }
  }

  private static @Nullable String firstDifference(
      Map<String, List<Long>> ours, Map<String, List<Long>> others) {
    for (Map.Entry<String, List<Long>> tensor : new TreeMap<>(ours).entrySet()) {
      List<Long> other = others.get(tensor.getKey());
      if (!Objects.equals(tensor.getValue(), other)) {
        return tensor.getKey()
            + ": "
            + tensor.getValue()
            + (other == null ? ", and none" : " and " + other);
      }
    }
    return ours.size() == others.size() ? null : ours.size() + " and " + others.size() + " tensors";
  }

  private static void adapterTokenizer(Member adapter, Origin base, Consumer<Reason> reasons) {
    Optional<LayerFile> theirs = base.known().flatMap(known -> tokenizer(known.layer()));
    differs(tokenizer(adapter.layer()), theirs)
        .ifPresent(files ->
            reasons.accept(
                new Reason(
                    Code.TOKENIZER_DIFFERS,
                    Severity.WARN,
                    "%s brings another tokenizer than its base %s has (%s): use the adapter's, if its embeddings were trained with it"
                        .formatted(adapter.name(), base.name(), files),
                    List.of(adapter.name(), base.name()),
                    base.path())));
  }

  private static Optional<String> differs(Optional<LayerFile> one, Optional<LayerFile> other) {
    if (one.isEmpty()
        || other.isEmpty()
        || !fileName(one.get()).equals(fileName(other.get()))
        || one.get().blake3().equals(other.get().blake3())) {
      return Optional.empty();
    }
    return Optional.of(
        fileName(one.get())
            + " "
            + brief(one.get().blake3())
            + " and "
            + brief(other.get().blake3()));
  }

  private static Optional<LayerFile> tokenizer(Layer layer) {
    for (String name : TOKENIZERS) {
      for (LayerFile file : layer.manifest().files()) {
        if (fileName(file).equals(name)) {
          return Optional.of(file);
        }
      }
    }
    return Optional.empty();
  }

  private static String fileName(LayerFile file) {
    String path = file.path().value();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static Reason pair(
      Code code, Severity severity, String message, Member one, Member other) {
    return new Reason(code, severity, message, List.of(one.name(), other.name()), other.shown());
  }

  private static String pinned(LayerName name, Digest digest) {
    return name + "#" + brief(digest);
  }

  private static String brief(Digest digest) {
    return digest.toHex().substring(0, 12);
  }
}
