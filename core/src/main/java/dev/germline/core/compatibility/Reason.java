package dev.germline.core.compatibility;

import dev.germline.core.layers.LayerName;
import java.util.List;

/**
 * One thing that speaks against a combination.
 *
 * @param message what is so and what to do, with names and values
 * @param layers whom it is about
 * @param path how one gets there from a layer that was asked for: names of layers, or of families
 *     where no version of them was chosen
 */
public record Reason(
    Code code, Severity severity, String message, List<LayerName> layers, List<String> path) {
  public Reason {
    layers = List.copyOf(layers);
    path = List.copyOf(path);
  }

  /** What kind of thing it is; clients may tell by it. */
  public enum Code {
    /** Dependencies contradict each other or are not there. */
    DEPENDENCY_CONFLICT,
    /** An optional dependency is not in the combination. */
    OPTIONAL_DEPENDENCY_MISSING,
    /** A layer was revoked. */
    REVOKED,
    /** A layer was yanked. */
    YANKED,
    /** A layer descends from a revoked one. */
    PARENT_REVOKED,
    /** Somebody states that two of the layers do not work together. */
    CONFLICT_CLAIMED,
    /** An adapter was made for another base. */
    BASE_DIFFERS,
    /** It is not known what an adapter was made for. */
    BASE_UNKNOWN,
    /** Weights do not have the shapes that they would need. */
    SHAPES_DIFFER,
    /** Models cut texts into different tokens. */
    TOKENIZER_DIFFERS,
    /** Models take texts of different lengths. */
    CONTEXT_WINDOW_DIFFERS,
    /** Adapters change the same modules. */
    TARGET_MODULES_OVERLAP,
    /** Whether adapters change the same modules cannot be told. */
    TARGET_MODULES_UNKNOWN,
    /** An adapter changes modules that its base does not have. */
    TARGET_MODULES_ABSENT,
    /** What a layer's files say of it is not what its record says. */
    CONFIG_DIFFERS,
    /** What a layer's files say of it cannot be read. */
    CONFIG_UNREADABLE,
    /** Half of an adapter is missing. */
    ADAPTER_INCOMPLETE,
    /** No terms were given. */
    LICENSE_MISSING,
    /** The terms are not in the table. */
    LICENSE_UNKNOWN,
    /** The terms contradict each other. */
    LICENSE_INCOMPATIBLE,
    /** Commercial use is wanted and not allowed. */
    LICENSE_NOT_COMMERCIAL,
    /** Changed versions may not be passed on. */
    LICENSE_NO_DERIVATIVES,
    /** Some uses are forbidden by name. */
    LICENSE_USE_RESTRICTED,
    /** The whole may be passed on under certain terms only. */
    LICENSE_SHARE_ALIKE,
    /** Loading a file runs code that it brings. */
    UNSAFE_FILE,
    /** It does not fit the memory there is. */
    MEMORY_EXCEEDED,
    /** It does not fit the storage there is. */
    STORAGE_EXCEEDED,
    /** It was made for another accelerator. */
    ACCELERATOR_DIFFERS,
    /** It is not known what a layer takes. */
    RESOURCES_UNKNOWN
  }
}
