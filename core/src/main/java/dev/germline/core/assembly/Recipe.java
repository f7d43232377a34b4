package dev.germline.core.assembly;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How weights are merged, in the words of the tool that does it. Parameters are JSON, as they were
 * given: numbers, lists (gradients) or filters.
 *
 * @param method such as {@code linear}, {@code slerp}, {@code ties}, {@code dare_ties}
 * @param base id of the part that the others are differences to
 * @param parameters of the whole, JSON by name
 * @param partParameters of single parts, JSON by name, by the part's id
 * @param slices which layers of which part make up the model, as JSON
 * @param dtype the element type to merge in
 * @param tokenizerSource whose tokenizer the merge has
 */
public record Recipe(
    String method,
    @Nullable String base,
    SortedMap<String, String> parameters,
    SortedMap<String, SortedMap<String, String>> partParameters,
    @Nullable String slices,
    @Nullable String dtype,
    @Nullable String tokenizerSource) {
  public Recipe {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    SortedMap<String, SortedMap<String, String>> parts = new TreeMap<>();
    partParameters.forEach(
        (id, values) -> parts.put(id, Collections.unmodifiableSortedMap(new TreeMap<>(values))));
    partParameters = Collections.unmodifiableSortedMap(parts);
  }
}
