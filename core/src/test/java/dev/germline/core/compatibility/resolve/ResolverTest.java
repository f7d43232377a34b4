package dev.germline.core.compatibility.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.core.layers.Dependency;
import dev.germline.core.layers.LayerFamily;
import dev.germline.core.layers.LayerStatus;
import dev.germline.core.layers.LayerVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ResolverTest {
  private final Map<LayerFamily, List<Candidate>> universe = new HashMap<>();

  private void layer(String name, String... needs) {
    layer(LayerStatus.ACTIVE, name, needs);
  }

  private void layer(LayerStatus status, String name, String... needs) {
    int at = name.indexOf('@');
    List<Dependency> dependencies = new ArrayList<>();
    for (String need : needs) {
      boolean optional = need.startsWith("?");
      Requirement one = Requirement.parse(optional ? need.substring(1) : need);
      dependencies.add(new Dependency(one.layer(), one.versions(), "x", 1, !optional));
    }
    universe
        .computeIfAbsent(LayerFamily.parse(name.substring(0, at)), f -> new ArrayList<>())
        .add(new Candidate(LayerVersion.parse(name.substring(at + 1)), status, dependencies));
  }

  private Resolution resolve(String... asked) {
    return new Resolver(family -> universe.getOrDefault(family, List.of()))
        .resolve(Arrays.stream(asked).map(Requirement::parse).toList());
  }

  private List<String> chosen(String... asked) {
    Resolution resolution = resolve(asked);
    assertThat(resolution).isInstanceOf(Resolution.Resolved.class);
    return ((Resolution.Resolved) resolution)
        .layers().stream().map(c -> c.layer().toString()).toList();
  }

  private Resolution.Unsatisfiable unsatisfiable(String... asked) {
    Resolution resolution = resolve(asked);
    assertThat(resolution).isInstanceOf(Resolution.Unsatisfiable.class);
    return (Resolution.Unsatisfiable) resolution;
  }

  @Test
  void theNewestThatFitsIsTaken() {
    layer("a/x@1.0.0", "a/y@^1.0.0");
    layer("a/y@1.0.0");
    layer("a/y@1.9.0");
    layer("a/y@2.0.0");
    assertThat(chosen("a/x")).containsExactly("a/x@1.0.0", "a/y@1.9.0");
  }

  @Test
  void anOlderVersionIsTakenWhereTheNewestDoesNotGoWithTheRest() {
    layer("a/x@1.0.0", "a/y@*", "a/z@^1.0.0");
    layer("a/y@1.0.0", "a/z@^1.0.0");
    layer("a/y@2.0.0", "a/z@^2.0.0");
    layer("a/z@1.0.0");
    layer("a/z@2.0.0");
    assertThat(chosen("a/x")).containsExactly("a/x@1.0.0", "a/y@1.0.0", "a/z@1.0.0");
  }

  @Test
  void aYankedVersionIsTakenOnlyByItsName() {
    layer("a/x@1.0.0");
    layer(LayerStatus.YANKED, "a/x@1.1.0");
    assertThat(chosen("a/x@^1.0.0")).containsExactly("a/x@1.0.0");
    assertThat(chosen("a/x@1.1.0")).containsExactly("a/x@1.1.0");
  }

  @Test
  void aRevokedVersionIsNeverTaken() {
    layer(LayerStatus.REVOKED, "a/x@1.0.0");
    assertThat(unsatisfiable("a/x@1.0.0").premises())
        .extracting(Premise::text)
        .containsExactly(
            "a/x 1.0.0 is asked for, and the one version that fits, 1.0.0, is revoked");
  }

  @Test
  void anOptionalDependencyBringsNothingInButMustFit() {
    layer("a/x@1.0.0", "?a/y@^1.0.0");
    layer("a/y@1.0.0");
    layer("a/y@2.0.0");
    assertThat(chosen("a/x")).containsExactly("a/x@1.0.0");
    assertThat(chosen("a/x", "a/y")).containsExactly("a/x@1.0.0", "a/y@1.0.0");
    assertThat(unsatisfiable("a/x", "a/y@^2.0.0").premises()).hasSize(3);
  }

  @Test
  void aPathLeadsFromWhatWasAskedForToEachLayer() {
    layer("a/x@1.0.0", "a/y@*");
    layer("a/y@1.0.0", "a/z@*");
    layer("a/z@1.0.0");
    assertThat(((Resolution.Resolved) resolve("a/x")).layers().getLast().path())
        .extracting(Object::toString)
        .containsExactly("a/x@1.0.0", "a/y@1.0.0", "a/z@1.0.0");
  }

  @Test
  void aContradictionIsExplainedInSentences() {
    layer("ui/menu@1.0.0", "ui/dropdown@>=2.0.0");
    layer("ui/menu@1.1.0", "ui/dropdown@>=2.0.0");
    layer("ui/dropdown@1.8.0");
    layer("ui/dropdown@2.0.0", "ui/icons@^2.0.0");
    layer("ui/dropdown@2.3.0", "ui/icons@^2.0.0");
    layer("ui/icons@1.0.0");
    layer("ui/icons@2.0.0");
    Resolution.Unsatisfiable why = unsatisfiable("ui/menu@^1.0.0", "ui/icons@^1.0.0");
    assertThat(why.premises())
        .extracting(Premise::text)
        .containsExactlyInAnyOrder(
            "ui/menu ^1.0.0 is asked for",
            "ui/icons ^1.0.0 is asked for",
            "every version of ui/menu needs ui/dropdown >=2.0.0",
            "ui/dropdown 2.0.0 to 2.3.0 needs ui/icons ^2.0.0");
    assertThat(why.steps())
        .containsExactly(
            "Because ui/icons ^1.0.0 is asked for and ui/dropdown 2.0.0 to 2.3.0 needs ui/icons"
                + " ^2.0.0, ui/dropdown 2.0.0 to 2.3.0 is ruled out.",
            "And because every version of ui/menu needs ui/dropdown >=2.0.0, every version of"
                + " ui/menu is ruled out.",
            "And because ui/menu ^1.0.0 is asked for, there is no combination of all that is asked"
                + " for.");
  }

  @Test
  void whatIsNotThereIsSaid() {
    layer("a/x@1.0.0", "a/gone@^1.0.0");
    layer("a/y@1.0.0", "a/x@^3.0.0");
    assertThat(unsatisfiable("a/x").steps())
        .anyMatch(s -> s.contains("a/gone is not published, or not visible to you"));
    assertThat(unsatisfiable("a/y").steps())
        .anyMatch(s -> s.contains("no version of a/x fits (there are 1.0.0)"));
  }
}
