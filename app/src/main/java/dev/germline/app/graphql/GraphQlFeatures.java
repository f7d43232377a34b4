package dev.germline.app.graphql;

import dev.germline.app.assembly.Assemblies;
import dev.germline.app.assembly.StoredAssemblies;
import dev.germline.app.compatibility.Compatibility;
import dev.germline.app.layers.Claiming;
import dev.germline.app.layers.Impacts;
import dev.germline.app.layers.Kin;
import dev.germline.app.layers.Layers;
import dev.germline.app.layers.Publishing;
import dev.germline.app.layers.StoredClaims;
import dev.germline.app.ledger.LedgerReader;
import dev.germline.app.lineage.Lineage;
import dev.germline.app.lineage.Lineages;
import dev.germline.app.metrics.Measuring;
import dev.germline.app.metrics.Metrics;
import dev.germline.app.sharing.Notices;
import dev.germline.app.sharing.Reports;
import dev.germline.app.sharing.Searches;
import dev.germline.app.sharing.Validation;
import java.util.ArrayList;
import java.util.List;

/** Puts the schema together, feature by feature. */
public final class GraphQlFeatures {
  private final GraphQlSettings settings;
  private final List<Fields> features = new ArrayList<>();

  public GraphQlFeatures(GraphQlSettings settings) {
    this.settings = settings;
  }

  /** Layers, their records and their files. */
  public GraphQlFeatures layers(Layers layers) {
    return with(new LayerFields(layers, settings));
  }

  /** Relatives and relations of layers. */
  public GraphQlFeatures lineage(Lineages lineages, Kin kin) {
    return with(new LineageFields(lineages, kin, settings));
  }

  /** Questions about a whole lineage. */
  public GraphQlFeatures kinship(Lineage lineage) {
    return with(new KinshipFields(lineage, settings));
  }

  /** Finding layers. */
  public GraphQlFeatures search(Searches searches) {
    return with(new SearchFields(searches, settings));
  }

  /**
   * What goes together.
   *
   * @param conflictSeverity stated conflicts of at least this severity fail, unless it is said
   */
  public GraphQlFeatures compatibility(Compatibility compatibility, double conflictSeverity) {
    return with(new CompatibilityFields(compatibility, conflictSeverity));
  }

  /** Layers put together. */
  public GraphQlFeatures assemblies(
      Assemblies publishing, StoredAssemblies stored, LedgerReader ledger) {
    return with(new AssemblyFields(publishing, stored, ledger, settings));
  }

  /** Layers looked at now, and what was found before. */
  public GraphQlFeatures validation(Validation validation, Reports reports, Layers layers) {
    return with(new ValidationFields(validation, reports, layers, settings));
  }

  /** What feels it when a layer is taken back, and what owners are told then. */
  public GraphQlFeatures withdrawal(Impacts impacts, Notices notices) {
    return with(new ImpactFields(impacts, settings)).with(new NoticeFields(notices, settings));
  }

  /** What measurements come to. */
  public GraphQlFeatures metrics(Metrics metrics) {
    return with(new MetricFields(metrics));
  }

  /** What is said of layers. */
  public GraphQlFeatures claims(StoredClaims claims) {
    return with(new ClaimFields(claims, settings));
  }

  /** State roots and proofs. */
  public GraphQlFeatures ledger(LedgerReader ledger, Layers layers) {
    return with(new LedgerFields(ledger, layers, settings));
  }

  /** Mutations. */
  public GraphQlFeatures changes(
      Publishing publishing, Claiming claiming, Measuring measuring, LedgerReader ledger) {
    return with(new ChangeFields(publishing, claiming, measuring, ledger));
  }

  /** Subscriptions. */
  public GraphQlFeatures news(NewLayers news) {
    return with(new NewsFields(news));
  }

  /** The engine for all of them. */
  public GraphQlEngine engine() {
    return new GraphQlEngine(features, settings);
  }

  private GraphQlFeatures with(Fields fields) {
    features.add(fields);
    return this;
  }
}
