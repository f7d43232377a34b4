package dev.germline.app.compatibility;

import dev.germline.core.compatibility.resolve.Premise;
import dev.germline.core.compatibility.resolve.Resolution;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * The versions that go together, or why there are none.
 *
 * @param layers what was chosen, by name; empty without an answer
 * @param because the fewest reasons why there is none
 * @param steps the same as an argument, each sentence following from those before it
 */
@Schema(name = "Resolution")
record ResolutionView(
    boolean resolved,
    List<VerdictView.LayerView> layers,
    List<String> because,
    List<String> steps) {
  static ResolutionView of(Compatibility.Resolved found) {
    return switch (found.resolution()) {
      case Resolution.Resolved _ ->
          new ResolutionView(
              true,
              found.members().stream().map(VerdictView.LayerView::of).toList(),
              List.of(),
              List.of());
      case Resolution.Unsatisfiable why ->
          new ResolutionView(
              false, List.of(), why.premises().stream().map(Premise::text).toList(), why.steps());
    };
  }
}
