package dev.germline.core.layers;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a layer came from.
 *
 * @param creator who made it: a user or {@code automated-system}
 * @param createdAt when, cut to milliseconds
 * @param parents the layers it descends from, pinned by digest, at most 64, each once
 * @param trainingData what it learned from, at most 256
 * @param evolutionEvents what changed it before it was published, at most 256
 * @param validation how it was examined before that
 * @param contributions who had a part in it, at most 256, each contributor once; their shares,
 *     where they are given, are given for all and together exactly 1
 */
public record Provenance(
    String creator,
    Instant createdAt,
    Method method,
    List<Parent> parents,
    List<DatasetRef> trainingData,
    List<EvolutionEvent> evolutionEvents,
    @Nullable QualityAssurance validation,
    List<Contribution> contributions) {
  private static final int MAX_PARENTS = 64;
  private static final int MAX_DATASETS = 256;
  private static final int MAX_EVENTS = 256;
  private static final int MAX_CONTRIBUTIONS = 256;

  /** How a layer came to be. */
  public enum Method {
    TRAINING,
    EVOLUTION,
    COMPOSITION,
    TRANSFER;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Provenance {
    Check.text("creator", creator);
    createdAt = Check.instant("createdAt", createdAt);
    Check.required("method", method);
    parents = Check.list("parents", parents, MAX_PARENTS);
    Check.distinct("parents", parents.stream().map(Parent::layer).toList());
    Check.distinct("parents", parents.stream().map(Parent::digest).toList());
    trainingData = Check.list("trainingData", trainingData, MAX_DATASETS);
    evolutionEvents = Check.list("evolutionEvents", evolutionEvents, MAX_EVENTS);
    contributions = Check.list("contributions", contributions, MAX_CONTRIBUTIONS);
    Check.distinct("contributions", contributions.stream().map(Contribution::contributor).toList());
    requireWholeOrNone(contributions);
  }

  private static void requireWholeOrNone(List<Contribution> contributions) {
    List<Share> given = new ArrayList<>();
    for (Contribution contribution : contributions) {
      Share share = contribution.share();
      if (share != null) {
        given.add(share);
      }
    }
    if (!given.isEmpty() && given.size() != contributions.size()) {
      throw Check.invalid(
          "%d of the %d contributions have a share; give it with all of them or with none"
              .formatted(given.size(), contributions.size()));
    }
    Share.requireWhole("contributions", given);
  }

  /** A provenance that says nothing of its history. */
  public Provenance(
      String creator,
      Instant createdAt,
      Method method,
      List<Parent> parents,
      List<DatasetRef> trainingData) {
    this(creator, createdAt, method, parents, trainingData, List.of(), null, List.of());
  }

  /** The same as made by another at another time. */
  public Provenance by(String other, Instant at) {
    return new Provenance(
        other, at, method, parents, trainingData, evolutionEvents, validation, contributions);
  }
}
