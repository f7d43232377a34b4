package dev.germline.app.assembly;

import dev.germline.app.layers.LayerRow;
import dev.germline.app.layers.LayerSets;
import dev.germline.app.metrics.Metrics;
import dev.germline.core.assembly.Assembly;
import dev.germline.core.assembly.Part;
import dev.germline.core.assembly.Prediction;
import dev.germline.core.assembly.Predictor;
import dev.germline.core.layers.Relationship;
import dev.germline.core.metrics.SeriesSummary;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What to expect of an assembly: gathers what was measured and stated of its layers. */
public final class Outlook {
  private final LayerSets layers;
  private final Metrics metrics;

  public Outlook(LayerSets layers, Metrics metrics) {
    this.layers = layers;
    this.metrics = metrics;
  }

  /** By the measurements of the last 90 days. */
  List<Prediction> of(Assembly assembly, List<LayerRow> rows) {
    Map<Digest, String> ids = new HashMap<>();
    assembly.parts().forEach(part -> ids.put(part.layer().digest(), part.id()));
    List<LayerRow> parts = rows.stream().filter(row -> ids.containsKey(row.digest())).toList();
    Map<EntityId, List<SeriesSummary>> found = metrics.summaries(parts, metrics.recent());
    List<Predictor.Measured> measured = new ArrayList<>();
    for (LayerRow row : parts) {
      for (SeriesSummary series : found.getOrDefault(row.id(), List.of())) {
        measured.add(
            new Predictor.Measured(
                Objects.requireNonNull(ids.get(row.digest())),
                series.taskType(),
                series.metricType(),
                series.summary().mean(),
                Objects.requireNonNullElse(series.summary().standardDeviation(), 0.0),
                series.summary().count()));
      }
    }
    return Predictor.predict(
        assembly.parts(), assembly.connections(), measured, synergies(assembly, ids));
  }

  private List<Predictor.Synergy> synergies(Assembly assembly, Map<Digest, String> ids) {
    List<Digest> digests =
        assembly.parts().stream().map(Part::layer).map(ref -> ref.digest()).toList();
    List<Predictor.Synergy> synergies = new ArrayList<>();
    for (Relationship claim : layers.relations(Relationship.Kind.SYNERGIZES_WITH, digests)) {
      String one = ids.get(claim.subject().digest());
      String other = ids.get(claim.object().digest());
      if (claim instanceof Relationship.SynergizesWith synergy && one != null && other != null) {
        synergies.add(new Predictor.Synergy(one, other, synergy.synergyStrength()));
      }
    }
    return synergies;
  }
}
