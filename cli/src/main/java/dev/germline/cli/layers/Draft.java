package dev.germline.cli.layers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Stop;
import dev.germline.cli.Surroundings;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.LayerJson;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerType;
import dev.germline.core.weights.PeftAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The record of a layer to be pushed: what {@code --manifest} says, and the options over it. */
final class Draft {
  @Option(
      names = "--manifest",
      paramLabel = "FILE|-",
      description =
          "The layer's JSON (germline.layer/1) without its files; options below win over it.")
  private @Nullable String manifest;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description =
          "foundation, lora, memory, specialization or communication (a PEFT adapter is a lora).")
  private @Nullable String type;

  @Option(
      names = "--parent",
      paramLabel = "NAME@V[:HOW]",
      description =
          "A layer it evolved from, and how: finetune, adapter, merge, quantized … May be repeated.")
  private List<String> parents = new ArrayList<>();

  @Option(names = "--description", paramLabel = "TEXT", description = "Free text.")
  private @Nullable String description;

  @Option(
      names = "--capability",
      paramLabel = "WORD",
      description = "Such as text-embedding. May be repeated.")
  private List<String> capabilities = new ArrayList<>();

  @Option(names = "--license", paramLabel = "SPDX", description = "Such as MIT or Apache-2.0.")
  private @Nullable String license;

  @Option(names = "--commercial-use", description = "The licence allows commercial use.")
  private boolean commercialUse;

  @Option(
      names = "--visibility",
      paramLabel = "WHO",
      description = "public, organization, whitelist or private (default).")
  private @Nullable String visibility;

  @Option(
      names = "--allow",
      paramLabel = "USER",
      description = "Who may see it, with --visibility whitelist. May be repeated.")
  private List<String> allowed = new ArrayList<>();

  @Option(
      names = "--architecture",
      paramLabel = "CLASS",
      description = "Of a foundation model, such as LlamaForCausalLM.")
  private @Nullable String architecture;

  @Option(names = "--context-window", paramLabel = "TOKENS", description = "Of a foundation model.")
  private @Nullable Long contextWindow;

  @Option(
      names = "--parameters",
      paramLabel = "N",
      description = "Of a foundation model (default: counted in its safetensors).")
  private @Nullable Long parameters;

  @Option(
      names = "--size",
      paramLabel = "CLASS",
      description =
          "Of a foundation model: small, medium, large or xl (default: by its parameters).")
  private @Nullable String size;

  /**
   * The layer's JSON, ready to be published but for its files.
   *
   * @param notes gets what the person should know
   * @throws Stop USAGE when something is missing that only the publisher knows
   */
  ObjectNode read(LayerName name, List<LocalFile> files, Surroundings around, List<String> notes) {
    ObjectNode draft = base(around);
    draft.put("name", name.toString());
    PeftAdapter adapter = adapter(files);
    if (type != null) {
      draft.put("type", LayerType.parse(type).toString());
    } else if (!draft.has("type")) {
      if (adapter == null) {
        throw new Stop(
            ExitCode.USAGE,
            "what kind of layer " + name + " is, cannot be seen from its files",
            "give --type foundation, or --manifest FILE for the other types");
      }
      draft.put("type", "lora");
    }
    LayerType kind = LayerType.parse(draft.path("type").asText());
    if (kind == LayerType.LORA && adapter != null) {
      adapterFields(draft, adapter, notes);
    }
    if (kind == LayerType.FOUNDATION) {
      foundationFields(draft, files);
    }
    if (description != null) {
      draft.put("description", description);
    }
    capabilities.forEach(draft.withArray("capabilities")::add);
    provenance(draft, kind);
    sharing(draft);
    return draft;
  }

  private ObjectNode base(Surroundings around) {
    if (manifest == null) {
      return dev.germline.cli.server.Json.object();
    }
    try {
      byte[] bytes =
          manifest.equals("-") ? around.in().readAllBytes() : Files.readAllBytes(Path.of(manifest));
      ObjectNode tree = LayerJson.object(bytes);
      tree.remove("files");
      return tree;
    } catch (IOException e) {
      throw LocalFile.unreadable(Path.of(manifest), e);
    } catch (GermlineException broken) {
      throw new Stop(
          ExitCode.LOCAL, "--manifest " + manifest + ": " + broken.detail(), null, broken);
    }
  }

  private static @Nullable PeftAdapter adapter(List<LocalFile> files) {
    LocalFile config = LocalFile.named(files, PeftAdapter.CONFIG);
    if (config == null) {
      return null;
    }
    try (var source =
        new LocalFile.Source(java.nio.channels.FileChannel.open(config.file()), config.size())) {
      return PeftAdapter.read(config.path().value(), source);
    } catch (IOException e) {
      throw LocalFile.unreadable(config.file(), e);
    }
  }

  private void adapterFields(ObjectNode draft, PeftAdapter adapter, List<String> notes) {
    if (adapter.isLora() && !draft.has("loraConfig")) {
      ObjectNode config = draft.putObject("loraConfig");
      config.put("rank", adapter.rank());
      config.put("alpha", adapter.alpha());
      ArrayNode modules = config.putArray("targetModules");
      adapter.targetModules().stream().distinct().forEach(modules::add);
      config.put("dropoutRate", adapter.dropout());
    }
    boolean hasParent = !parents.isEmpty() || draft.at("/provenance/parents").size() > 0;
    if (!hasParent) {
      String base =
          adapter.baseModel() == null ? "a base model it does not name" : adapter.baseModel();
      notes.add(
          "the adapter was trained on "
              + base
              + (adapter.baseIsLocalPath() ? " (a path on the machine that trained it)" : "")
              + "; without --parent NAME@V it has no lineage");
    }
  }

  private void foundationFields(ObjectNode draft, List<LocalFile> files) {
    ObjectNode model = draft.withObject("/baseModel");
    if (architecture != null) {
      model.put("architecture", architecture);
    }
    if (contextWindow != null) {
      model.put("contextWindow", contextWindow);
    }
    if (parameters != null) {
      model.put("parameterCount", parameters);
    } else if (!model.has("parameterCount")) {
      long counted =
          files.stream()
              .map(file -> file.summary().metadata().getOrDefault("parameters", "0"))
              .mapToLong(Long::parseLong)
              .sum();
      if (counted > 0) {
        model.put("parameterCount", counted);
      }
    }
    if (size != null) {
      model.put("size", size);
    } else if (!model.has("size")) {
      model.put("size", sizeClass(model.path("parameterCount").asLong()));
    }
    if (!model.has("family")) {
      model.put("family", "custom");
    }
    draft.withObject("/pretraining");
    for (String[] needed :
        new String[][] {
          {"contextWindow", "--context-window TOKENS"}, {"parameterCount", "--parameters N"}
        }) {
      if (!model.has(needed[0])) {
        throw new Stop(
            ExitCode.USAGE,
            "a foundation layer states its baseModel." + needed[0],
            "give " + needed[1] + ", or a --manifest FILE that has it");
      }
    }
  }

  /** The usual words for the usual sizes; publishers who see it otherwise say so. */
  static String sizeClass(long parameters) {
    if (parameters < 1_000_000_000L) {
      return "small";
    }
    return parameters < 10_000_000_000L ? "medium" : parameters < 100_000_000_000L ? "large" : "xl";
  }

  private void provenance(ObjectNode draft, LayerType kind) {
    ObjectNode provenance = draft.withObject("/provenance");
    for (String parent : parents) {
      // A version holds no colon, so the last one parts the name from the word.
      int colon = parent.lastIndexOf(':');
      String how = kind == LayerType.LORA ? "adapter" : "finetune";
      LayerName name = LayerName.parse(colon < 0 ? parent : parent.substring(0, colon));
      provenance
          .withArray("parents")
          .addObject()
          .put("layer", name.toString())
          .put("evolutionType", colon < 0 ? how : parent.substring(colon + 1))
          .put("confidence", 1.0);
    }
    if (!provenance.has("method")) {
      JsonNode all = provenance.path("parents");
      provenance.put("method", all.isEmpty() || kind == LayerType.LORA ? "training" : "evolution");
    }
  }

  private void sharing(ObjectNode draft) {
    if (license == null && visibility == null && allowed.isEmpty()) {
      return;
    }
    ObjectNode sharing = draft.withObject("/sharing");
    if (visibility != null) {
      sharing.put("visibility", visibility);
    } else if (!sharing.has("visibility")) {
      sharing.put("visibility", allowed.isEmpty() ? "private" : "whitelist");
    }
    allowed.forEach(sharing.withArray("allowedUsers")::add);
    if (license != null) {
      sharing.putObject("license").put("spdx", license).put("commercialUse", commercialUse);
    }
  }
}
