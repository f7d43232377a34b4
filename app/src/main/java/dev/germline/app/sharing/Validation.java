package dev.germline.app.sharing;

import dev.germline.app.blobs.Blobs;
import dev.germline.app.compatibility.Compatibility;
import dev.germline.app.identity.Caller;
import dev.germline.app.layers.LayerDetail;
import dev.germline.app.layers.Layers;
import dev.germline.app.layers.StoredClaims;
import dev.germline.app.layers.Tensors;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.BenchmarkScore;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.PerformanceProfile;
import dev.germline.core.layers.Statement;
import dev.germline.core.layers.ValidationLevel;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Validates layers (docs/sharing.md, "Validating"). What could not be checked is said to be not
 * checked, and never to have passed. A few at a time: each reads all of a layer's bytes.
 * Thread-safe.
 */
public final class Validation {
  private static final int AT_ONCE = 2;
  private static final int MOST_BENCHMARKS = 64;

  private final Layers layers;
  private final StoredClaims claims;
  private final BytesCheck bytes;
  private final FamilyCheck family;
  private final Harness harness;
  private final Reports reports;
  private final Clock clock;
  private final Semaphore turns = new Semaphore(AT_ONCE);

  public Validation(
      Layers layers,
      StoredClaims claims,
      Blobs blobs,
      Tensors tensors,
      Compatibility compatibility,
      Harness harness,
      Reports reports,
      Clock clock) {
    this.layers = layers;
    this.claims = claims;
    this.bytes = new BytesCheck(blobs, tensors);
    this.family = new FamilyCheck(layers, claims, compatibility);
    this.harness = harness;
    this.reports = reports;
    this.clock = clock;
  }

  /**
   * Reports on a layer, the newest first.
   *
   * @param current only those that count
   * @throws GermlineException LAYER_NOT_FOUND
   */
  List<Report> reports(Caller caller, LayerName name, boolean current) {
    return reports.of(caller, layers.row(caller, name)).stream()
        .filter(report -> report.counts() || !current)
        .toList();
  }

  /**
   * Validates a layer and keeps the report.
   *
   * @throws GermlineException LAYER_NOT_FOUND; OVERLOADED when others are being validated
   */
  public Report validate(Caller caller, LayerName name, ValidationLevel level) {
    return validate(caller, name, level, _ -> {});
  }

  /**
   * The same, telling of each check as soon as it was made; if that fails, no other is made.
   *
   * @throws GermlineException LAYER_NOT_FOUND; OVERLOADED when others are being validated
   */
  public Report validate(
      Caller caller, LayerName name, ValidationLevel level, Consumer<Finding> progress) {
    LayerDetail layer = layers.get(caller, name);
    if (!turns.tryAcquire()) {
      throw new GermlineException(
          Fault.OVERLOADED, AT_ONCE + " layers are being validated now; try again shortly");
    }
    try {
      List<Finding> findings = new ArrayList<>();
      Consumer<Finding> found = progress.andThen(findings::add);
      found.accept(bytes.schema(layer));
      found.accept(bytes.hashes(layer));
      found.accept(bytes.formats(caller, layer));
      if (level.compareTo(ValidationLevel.THOROUGH) >= 0) {
        found.accept(family.dependencies(caller, layer));
        found.accept(family.licences(caller, layer));
        found.accept(family.provenance(caller, layer));
        found.accept(bytes.finite(caller, layer));
      }
      if (level == ValidationLevel.COMPREHENSIVE) {
        benchmarks(caller, layer, found);
      }
      return reports.keep(caller, layer.row(), level, clock.instant(), findings);
    } finally {
      turns.release();
    }
  }

  private void benchmarks(Caller caller, LayerDetail layer, Consumer<Finding> found) {
    Set<BenchmarkScore> claimed = claimed(caller, layer);
    if (claimed.isEmpty()) {
      found.accept(Finding.passed("benchmarks", "no benchmark result is claimed"));
      return;
    }
    if (!harness.isRegistered()) {
      found.accept(
          Finding.notChecked(
              "benchmarks",
              "%d results are claimed, and no harness is registered that could run them again"
                  .formatted(claimed.size())));
      return;
    }
    claimed.stream().limit(MOST_BENCHMARKS).forEach(score -> found.accept(benchmark(layer, score)));
    if (claimed.size() > MOST_BENCHMARKS) {
      found.accept(
          Finding.notChecked(
              "benchmarks", claimed.size() - MOST_BENCHMARKS + " more were not run"));
    }
  }

  private Finding benchmark(LayerDetail layer, BenchmarkScore score) {
    String check = "benchmark " + score.benchmark() + " " + score.metric();
    Harness.Rerun rerun = harness.run(layer.row().ref(), score);
    return rerun
        .value()
        .map(value ->
            harness.confirms(score.value(), value)
                ? Finding.passed(check, "%s claimed, %s found".formatted(score.value(), value))
                : Finding.failed(check, "%s claimed, %s found".formatted(score.value(), value)))
        .orElseGet(() -> Finding.notChecked(check, rerun.problem()));
  }

  private Set<BenchmarkScore> claimed(Caller caller, LayerDetail layer) {
    Set<BenchmarkScore> claimed = new LinkedHashSet<>();
    PerformanceProfile declared = layer.layer().manifest().performance();
    if (declared != null) {
      claimed.addAll(declared.benchmarkScores());
    }
    for (StoredClaims.Told told :
        claims.current(caller, layer.row().name(), Statement.Kind.BENCHMARK)) {
      if (told.found().claim() instanceof Statement.BenchmarkResult result) {
        claimed.add(result.score());
      }
    }
    return claimed;
  }
}
