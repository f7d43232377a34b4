package dev.germline.app.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.core.layers.LayerFile;
import dev.germline.core.layers.LayerName;
import dev.germline.graph.lineage.CommonAncestor;
import dev.germline.graph.lineage.LineagePath;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Questions about several layers. */
@Controller("/api/v1/lineage")
@Secured(Role.ANY)
@Tag(name = "lineage")
final class QuestionsController {
  private final Lineage lineage;
  private final Comparison comparison;

  QuestionsController(Lineage lineage, Comparison comparison) {
    this.lineage = lineage;
    this.comparison = comparison;
  }

  /**
   * A shortest way between two layers.
   *
   * @param found whether there is one; else the lists are empty
   * @param layers in order
   * @param edges one between each two, pointing as the claim does
   */
  @Schema(name = "LineagePath")
  record PathView(boolean found, List<LayerNodeView> layers, List<EdgeView> edges) {
    static PathView of(LineagePath path) {
      return new PathView(
          true,
          path.layers().stream().map(LayerNodeView::of).toList(),
          path.arrows().stream().map(EdgeView::of).toList());
    }
  }

  /** What several layers evolved from, the nearest first. */
  @Schema(name = "CommonAncestors")
  record CommonView(List<CommonAncestorView> items) {}

  /**
   * A common ancestor.
   *
   * @param steps the fewest from each layer asked about
   * @param nearest whether no other common ancestor evolved from it
   */
  @Schema(name = "CommonAncestor")
  record CommonAncestorView(LayerNodeView layer, Map<String, Integer> steps, boolean nearest) {
    static CommonAncestorView of(CommonAncestor common) {
      Map<String, Integer> steps = new TreeMap<>();
      common.steps().forEach((name, count) -> steps.put(name.toString(), count));
      return new CommonAncestorView(LayerNodeView.of(common.layer()), steps, common.nearest());
    }
  }

  /**
   * A page of layers that nothing evolved from and nothing depends on, by name.
   *
   * @param nextAfter give it as {@code after} to get the next page; absent on the last
   */
  @Schema(name = "DeadEnds")
  record DeadEndsView(List<DeadEndView> items, @Nullable String nextAfter) {}

  /**
   * A dead end.
   *
   * @param lastUsed when a session with it last began; absent for never
   */
  @Schema(name = "DeadEnd")
  record DeadEndView(LayerNodeView layer, @Nullable String lastUsed) {
    static DeadEndView of(Lineage.DeadEnd end) {
      return new DeadEndView(
          LayerNodeView.of(end.layer()), end.lastUsed() == null ? null : end.lastUsed().toString());
    }
  }

  /**
   * What lies between two layers.
   *
   * @param metadata values of the records that differ, by JSON pointer; without the files
   * @param files that differ
   */
  @Schema(name = "LayerDiff")
  record DiffView(
      String from,
      String to,
      List<ValueView> metadata,
      List<FileView> files,
      TensorsView tensors,
      List<MetricView> metrics) {
    static DiffView of(Comparison.LayerDiff diff) {
      return new DiffView(
          diff.before().row().name().toString(),
          diff.after().row().name().toString(),
          diff.metadata().stream().map(ValueView::of).toList(),
          diff.files().stream().map(FileView::of).toList(),
          TensorsView.of(diff.tensors()),
          diff.metrics().stream().map(MetricView::of).toList());
    }
  }

  /**
   * A value that differs.
   *
   * @param path RFC 6901 pointer into the record
   * @param before absent where it was added
   * @param after absent where it was taken away
   */
  @Schema(name = "LayerDiffValue")
  record ValueView(
      String path,
      @Schema(type = "object") @Nullable JsonNode before,
      @Schema(type = "object") @Nullable JsonNode after) {
    static ValueView of(JsonChange change) {
      return new ValueView(
          change.path(),
          change.added() ? null : change.before(),
          change.removed() ? null : change.after());
    }
  }

  /**
   * A file that differs.
   *
   * @param before BLAKE3; absent where it was added
   * @param after BLAKE3; absent where it was taken away
   */
  @Schema(name = "LayerDiffFile")
  record FileView(String path, @Nullable String before, @Nullable String after) {
    static FileView of(Comparison.FileChange change) {
      return new FileView(change.path(), hash(change.before()), hash(change.after()));
    }

    private static @Nullable String hash(@Nullable LayerFile file) {
      return file == null ? null : file.blake3().toHex();
    }
  }

  /**
   * Tensors beside each other.
   *
   * @param same how many are equal in type, shape and bytes
   * @param changes by name
   * @param more how many changes are left out
   */
  @Schema(name = "LayerDiffTensors")
  record TensorsView(int same, List<TensorView> changes, int more) {
    static TensorsView of(TensorDiff diff) {
      return new TensorsView(
          diff.same(), diff.changes().stream().map(TensorView::of).toList(), diff.more());
    }
  }

  /**
   * A tensor that differs.
   *
   * @param change added, removed, reshaped or values
   * @param before type and shape; empty if added
   * @param after type and shape; empty if removed
   */
  @Schema(name = "LayerDiffTensor")
  record TensorView(String tensor, String change, String before, String after) {
    static TensorView of(TensorDiff.Change change) {
      return new TensorView(
          change.tensor(),
          change.kind().name().toLowerCase(Locale.ROOT),
          change.before(),
          change.after());
    }
  }

  /**
   * A metric that differs, as the mean of its measurements.
   *
   * @param before absent where it was gained
   * @param after absent where it was lost
   */
  @Schema(name = "LayerDiffMetric")
  record MetricView(String task, String metric, @Nullable Double before, @Nullable Double after) {
    static MetricView of(Comparison.MetricChange change) {
      return new MetricView(
          change.task(), change.metric(), mean(change.before()), mean(change.after()));
    }

    private static @Nullable Double mean(ContentRows.@Nullable Metric metric) {
      return metric == null ? null : metric.mean();
    }
  }

  /**
   * A shortest way between two layers along EVOLVED_FROM and DEPENDS_ON, whichever way they point.
   *
   * @param from a layer, namespace/name@version
   * @param to another
   * @param asOf only layers created and claims asserted up to then (RFC 3339)
   */
  @Get("/path")
  PathView path(
      Caller caller,
      @QueryValue String from,
      @QueryValue String to,
      @QueryValue @Nullable String asOf) {
    return lineage
        .path(caller, LayerName.parse(from), LayerName.parse(to), Moment.parse(asOf))
        .map(PathView::of)
        .orElseGet(() -> new PathView(false, List.of(), List.of()));
  }

  /**
   * What all of some layers evolved from, or which of them the others did.
   *
   * @param layer two to sixteen, namespace/name@version each
   * @param asOf only layers created and claims asserted up to then (RFC 3339)
   */
  @Get("/common-ancestors")
  CommonView commonAncestors(
      Caller caller, @QueryValue List<String> layer, @QueryValue @Nullable String asOf) {
    return new CommonView(
        lineage
            .commonAncestors(
                caller, layer.stream().map(LayerName::parse).toList(), Moment.parse(asOf))
            .stream()
            .map(CommonAncestorView::of)
            .toList());
  }

  /**
   * Layers that nothing evolved from and nothing depends on.
   *
   * @param namespace only of this one
   * @param after a name to begin behind: the nextAfter of the page before
   * @param limit layers on the page, 1 to 1000; with unusedSince, which looks at 10,000 at a time,
   *     it may have fewer, or none, though nextAfter says that there are more
   * @param unusedSince only those that no session used from then on (RFC 3339)
   * @param asOf only layers created and claims asserted up to then (RFC 3339)
   */
  @Get("/dead-ends")
  DeadEndsView deadEnds(
      Caller caller,
      @QueryValue @Nullable String namespace,
      @QueryValue @Nullable String after,
      @QueryValue(defaultValue = "100") int limit,
      @QueryValue @Nullable String unusedSince,
      @QueryValue @Nullable String asOf) {
    Lineage.DeadEnds found =
        lineage.deadEnds(
            caller,
            namespace,
            after == null ? null : LayerName.parse(after),
            limit,
            Moment.parse(unusedSince),
            Moment.parse(asOf));
    return new DeadEndsView(
        found.items().stream().map(DeadEndView::of).toList(),
        found.next().map(LayerName::toString).orElse(null));
  }

  /**
   * What lies between two layers: metadata, files, tensors, metrics gained and lost.
   *
   * @param from a layer, namespace/name@version
   * @param to another
   */
  @Get("/diff")
  DiffView diff(Caller caller, @QueryValue String from, @QueryValue String to) {
    return DiffView.of(comparison.diff(caller, LayerName.parse(from), LayerName.parse(to)));
  }
}
