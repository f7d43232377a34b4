package dev.germline.core.layers;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Where a layer came from.
 *
 * @param creator who made it: a user or {@code automated-system}
 * @param createdAt when, cut to milliseconds
 * @param parents the layers it descends from, pinned by digest, at most 64, each once
 * @param trainingData what it learned from, at most 256
 */
public record Provenance(
    String creator,
    Instant createdAt,
    Method method,
    List<Parent> parents,
    List<DatasetRef> trainingData) {
  private static final int MAX_PARENTS = 64;
  private static final int MAX_DATASETS = 256;

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
  }
}
