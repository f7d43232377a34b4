package dev.germline.core.layers;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A trade a model has learned (specs/genomic-data-architecture.md, "Specialization modules"). */
public record SpecializationModule(
    Manifest manifest, Specialization specialization, @Nullable Expertise expertise)
    implements Layer {
  public SpecializationModule {
    Check.required("manifest", manifest);
    Check.required("specialization", specialization);
  }

  @Override
  public LayerType type() {
    return LayerType.SPECIALIZATION;
  }

  @Override
  public SpecializationModule withManifest(Manifest other) {
    return new SpecializationModule(other, specialization, expertise);
  }

  /**
   * What it does and how; each list at most 256.
   *
   * @param domain such as {@code code-review}
   * @param methodology approaches it follows
   */
  public record Specialization(
      String domain, List<String> methodology, List<Tool> tools, List<Workflow> workflows) {
    public Specialization {
      Check.text("domain", domain);
      methodology = Check.texts("methodology", methodology, 256);
      tools = Check.list("tools", tools, 256);
      workflows = Check.list("workflows", workflows, 256);
    }
  }

  /** An outside tool it uses. */
  public record Tool(String name, @Nullable String version, @Nullable String uri) {
    public Tool {
      Check.text("name", name);
      version = Check.optionalText("version", version);
      uri = Check.optionalText("uri", uri, 2048);
    }
  }

  /**
   * A standard procedure.
   *
   * @param steps in order, at most 256
   */
  public record Workflow(String name, List<String> steps) {
    public Workflow {
      Check.text("name", name);
      steps = Check.list("steps", steps, 256);
      steps.forEach(step -> Check.text("steps", step, 4096));
    }
  }

  /**
   * How well it does it; each list at most 256.
   *
   * @param certifiedCapabilities what someone vouches for
   */
  public record Expertise(
      SkillLevel experienceLevel,
      List<String> certifiedCapabilities,
      List<Benchmark> performanceBenchmarks) {
    public Expertise {
      Check.required("experienceLevel", experienceLevel);
      certifiedCapabilities = Check.texts("certifiedCapabilities", certifiedCapabilities, 256);
      performanceBenchmarks = Check.list("performanceBenchmarks", performanceBenchmarks, 256);
    }
  }

  /** One benchmark's result, in the unit the metric has. */
  public record Benchmark(String name, String metric, double value) {
    public Benchmark {
      Check.text("name", name);
      Check.text("metric", metric);
      value = Check.finite("value", value);
    }
  }
}
