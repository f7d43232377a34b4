package dev.germline.core.layers;

/**
 * Another layer that this one needs.
 *
 * @param layer which, without a version
 * @param versions which of its versions will do
 * @param dependencyType in a word, such as {@code base-model} or {@code tokenizer}
 * @param strength from 0 (loose) to 1 (nothing works without it)
 * @param required whether an assembly without it is refused
 */
public record Dependency(
    LayerFamily layer,
    VersionRange versions,
    String dependencyType,
    double strength,
    boolean required) {
  public Dependency {
    Check.required("layer", layer);
    Check.required("versions", versions);
    Check.token("dependencyType", dependencyType);
    strength = Check.unit("strength", strength);
  }
}
