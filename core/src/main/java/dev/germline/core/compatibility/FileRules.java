package dev.germline.core.compatibility;

import dev.germline.core.compatibility.Combination.Member;
import dev.germline.core.compatibility.Reason.Code;
import dev.germline.core.layers.LayerFile;
import dev.germline.core.layers.LoraLayer;
import dev.germline.core.weights.PeftFolder;
import java.util.List;
import java.util.function.Consumer;

/** What the files themselves give cause for. */
final class FileRules {
  private FileRules() {}

  static void judge(Combination combination, Policy policy, Consumer<Reason> reasons) {
    for (Member member : combination.members()) {
      List<LayerFile> files = member.layer().manifest().files();
      for (LayerFile file : files) {
        if (file.format().runsCode()) {
          reasons.accept(
              reason(
                  Code.UNSAFE_FILE,
                  policy.refuseUnsafe() ? Severity.FAIL : Severity.WARN,
                  "loading %s of %s runs code that it brings: convert it to safetensors"
                      .formatted(file.path(), member.name()),
                  member));
        }
      }
      if (member.layer() instanceof LoraLayer) {
        for (PeftFolder folder :
            PeftFolder.among(files.stream().map(file -> file.path().value()).toList())) {
          if (!folder.complete()) {
            String where = folder.folder().isEmpty() ? "" : " in " + folder.folder();
            reasons.accept(
                reason(
                    Code.ADAPTER_INCOMPLETE,
                    Severity.FAIL,
                    "%s has no %s%s: PEFT cannot load it; publish it whole"
                        .formatted(
                            member.name(),
                            folder.config() == null
                                ? "adapter_config.json"
                                : "adapter_model.safetensors",
                            where),
                    member));
          }
        }
      }
    }
  }

  private static Reason reason(Code code, Severity severity, String message, Member member) {
    return new Reason(code, severity, message, List.of(member.name()), member.shown());
  }
}
