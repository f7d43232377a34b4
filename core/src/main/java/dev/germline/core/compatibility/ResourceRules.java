package dev.germline.core.compatibility;

import dev.germline.core.compatibility.Combination.Member;
import dev.germline.core.compatibility.Reason.Code;
import dev.germline.core.layers.LayerFile;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.Resources;
import dev.germline.core.substrate.Digest;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Does it fit the machine: what layers say they take, added up. */
final class ResourceRules {
  private static final long MEGABYTE = 1_000_000;

  private ResourceRules() {}

  static Verdict.Needs judge(Combination combination, Limits limits, Consumer<Reason> reasons) {
    Verdict.Needs needs = needs(combination);
    List<LayerName> all = combination.members().stream().map(Member::name).toList();
    if (limits.memoryMb() != null && needs.memoryMb() > limits.memoryMb()) {
      reasons.accept(
          new Reason(
              Code.MEMORY_EXCEEDED,
              Severity.FAIL,
              "together they take %s%,d MB of memory, and there are %,d: the largest is %s"
                  .formatted(
                      needs.complete() ? "" : "at least ",
                      needs.memoryMb(),
                      limits.memoryMb(),
                      largest(combination)),
              all,
              List.of()));
    }
    if (limits.storageBytes() != null && needs.storageBytes() > limits.storageBytes()) {
      reasons.accept(
          new Reason(
              Code.STORAGE_EXCEEDED,
              Severity.FAIL,
              "together they take %,d bytes of storage, and there are %,d"
                  .formatted(needs.storageBytes(), limits.storageBytes()),
              all,
              List.of()));
    }
    for (Member member : combination.members()) {
      Resources resources = member.layer().manifest().resources();
      String accelerator = resources == null ? null : resources.accelerator();
      if (limits.accelerator() != null
          && accelerator != null
          && !accelerator.equals(limits.accelerator())) {
        reasons.accept(
            new Reason(
                Code.ACCELERATOR_DIFFERS,
                Severity.WARN,
                "%s was made for %s, and there is %s"
                    .formatted(member.name(), accelerator, limits.accelerator()),
                List.of(member.name()),
                member.shown()));
      }
      if (limits.memoryMb() != null && statedMemory(member) == null && weights(member) > 0) {
        reasons.accept(
            new Reason(
                Code.RESOURCES_UNKNOWN,
                Severity.WARN,
                "%s does not say what memory it takes; its files alone are %,d MB"
                    .formatted(member.name(), weights(member)),
                List.of(member.name()),
                member.shown()));
      }
    }
    return needs;
  }

  static Verdict.Needs needs(Combination combination) {
    long memory = 0;
    boolean complete = true;
    Set<Digest> contents = new HashSet<>();
    long storage = 0;
    long stated = 0;
    for (Member member : combination.members()) {
      Long said = statedMemory(member);
      memory += memory(member);
      complete &= said != null || weights(member) == 0;
      for (LayerFile file : member.layer().manifest().files()) {
        storage += contents.add(file.blake3()) ? file.sizeBytes() : 0;
      }
      Resources resources = member.layer().manifest().resources();
      stated += resources == null ? 0 : Objects.requireNonNullElse(resources.storageBytes(), 0L);
    }
    return new Verdict.Needs(memory, Math.max(storage, stated), complete);
  }

  private static @Nullable Long statedMemory(Member member) {
    Resources resources = member.layer().manifest().resources();
    return resources == null ? null : resources.memoryMb();
  }

  private static long memory(Member member) {
    Long stated = statedMemory(member);
    return stated == null ? weights(member) : stated;
  }

  /** Weights are read into memory whole: at least that. In 10^6 bytes, rounded up. */
  private static long weights(Member member) {
    long bytes =
        member.layer().manifest().files().stream()
            .filter(file ->
                switch (file.format()) {
                  case SAFETENSORS, GGUF, ONNX, PYTORCH_PICKLE -> true;
                  case PEFT_CONFIG, JSON, OTHER -> false;
                })
            .mapToLong(LayerFile::sizeBytes)
            .sum();
    return (bytes + MEGABYTE - 1) / MEGABYTE;
  }

  private static String largest(Combination combination) {
    return combination.members().stream()
        .max(Comparator.comparingLong(ResourceRules::memory))
        .map(member -> member.name() + " with " + memory(member) + " MB")
        .orElse("nothing");
  }
}
