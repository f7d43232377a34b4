package dev.germline.core.layers;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A base model (specs/genomic-data-architecture.md, "Foundation layers"). */
public record FoundationLayer(Manifest manifest, BaseModel baseModel, Pretraining pretraining)
    implements Layer {
  public FoundationLayer {
    Check.required("manifest", manifest);
    Check.required("baseModel", baseModel);
    Check.required("pretraining", pretraining);
  }

  @Override
  public LayerType type() {
    return LayerType.FOUNDATION;
  }

  @Override
  public FoundationLayer withManifest(Manifest other) {
    return new FoundationLayer(other, baseModel, pretraining);
  }

  /**
   * The model itself.
   *
   * @param architecture the class that runs it, such as {@code BertModel}: what {@code custom}
   *     stands for
   * @param contextWindow in tokens, 1 to 2^31-1
   * @param parameterCount of all weights, 1 to 2^53-1
   */
  public record BaseModel(
      Family family,
      @Nullable String architecture,
      Size size,
      long contextWindow,
      long parameterCount) {
    public BaseModel {
      Check.required("family", family);
      architecture = Check.optionalText("architecture", architecture);
      Check.required("size", size);
      Check.between("contextWindow", contextWindow, 1, Integer.MAX_VALUE);
      Check.between("parameterCount", parameterCount, 1, Check.MAX_INTEGER);
    }
  }

  /** Families the specification names; any other is {@code custom} with its architecture. */
  public enum Family {
    GPT,
    CLAUDE,
    LLAMA,
    CUSTOM;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Size class, as the publisher sees it. */
  public enum Size {
    SMALL,
    MEDIUM,
    LARGE,
    XL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What it was trained on before anything else.
   *
   * @param dataset at most 256
   * @param cutoffDate the last day whose texts it may have seen
   * @param languages BCP 47 tags, at most 512
   * @param specializations at most 256
   */
  public record Pretraining(
      List<DatasetRef> dataset,
      @Nullable LocalDate cutoffDate,
      List<String> languages,
      List<String> specializations) {
    public Pretraining {
      dataset = Check.list("dataset", dataset, 256);
      languages = Check.texts("languages", languages, 512);
      specializations = Check.texts("specializations", specializations, 256);
    }
  }
}
