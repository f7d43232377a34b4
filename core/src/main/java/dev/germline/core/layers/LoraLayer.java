package dev.germline.core.layers;

import dev.germline.core.GermlineException;
import dev.germline.core.weights.PeftAdapter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A low-rank adaptation of a base model (specs/genomic-data-architecture.md, "LoRA layers"). */
public record LoraLayer(
    Manifest manifest,
    LoraConfig loraConfig,
    @Nullable Adaptation adaptation,
    @Nullable Specialization specialization)
    implements Layer {
  public LoraLayer {
    Check.required("manifest", manifest);
    Check.required("loraConfig", loraConfig);
  }

  @Override
  public LayerType type() {
    return LayerType.LORA;
  }

  @Override
  public LoraLayer withManifest(Manifest other) {
    return new LoraLayer(other, loraConfig, adaptation, specialization);
  }

  /**
   * The adapter's shape.
   *
   * @param rank of the two factors, 1 to 65,536 (most often 8 to 64)
   * @param alpha scaling numerator, above 0
   * @param targetModules the modules adapted, at least one; a single regular expression where PEFT
   *     was given one
   * @param dropoutRate from 0 to 1
   */
  public record LoraConfig(int rank, double alpha, List<String> targetModules, double dropoutRate) {
    public LoraConfig {
      Check.between("rank", rank, 1, 65_536);
      alpha = Check.positive("alpha", alpha);
      targetModules = Check.texts("targetModules", targetModules, 4096, 4096);
      if (targetModules.isEmpty()) {
        throw Check.invalid("targetModules is empty; name at least one adapted module");
      }
      dropoutRate = Check.unit("dropoutRate", dropoutRate);
    }

    /**
     * What a PEFT adapter's configuration says, to begin a layer's record with. Whoever publishes
     * it names and pins the parent: {@code base_model_name_or_path} does not.
     *
     * @throws GermlineException INVALID_LAYER if it is no LoRA adapter or names no target modules
     */
    public static LoraConfig of(PeftAdapter adapter) {
      if (!adapter.isLora()) {
        throw Check.invalid(
            "peft_type is "
                + Check.show(adapter.peftType())
                + "; a lora layer holds a LORA adapter");
      }
      return new LoraConfig(
          adapter.rank(),
          adapter.alpha(),
          adapter.targetModules().stream().distinct().toList(),
          adapter.dropout());
    }
  }

  /**
   * How it was trained.
   *
   * @param trainingSteps optimiser steps, from 0
   * @param learningRate above 0
   * @param adaptationStrength from 0 to 1: how much it changes behaviour
   */
  public record Adaptation(
      @Nullable DatasetRef trainingDataset,
      @Nullable Long trainingSteps,
      @Nullable Double learningRate,
      @Nullable Double adaptationStrength) {
    public Adaptation {
      Check.optionalCount("trainingSteps", trainingSteps);
      learningRate = learningRate == null ? null : Check.positive("learningRate", learningRate);
      adaptationStrength =
          adaptationStrength == null ? null : Check.unit("adaptationStrength", adaptationStrength);
    }
  }

  /**
   * What it is good at.
   *
   * @param primaryDomain such as {@code typescript}
   * @param secondaryDomains at most 256
   */
  public record Specialization(
      String primaryDomain, List<String> secondaryDomains, SkillLevel skillLevel) {
    public Specialization {
      Check.text("primaryDomain", primaryDomain);
      secondaryDomains = Check.texts("secondaryDomains", secondaryDomains, 256);
      Check.required("skillLevel", skillLevel);
    }
  }
}
