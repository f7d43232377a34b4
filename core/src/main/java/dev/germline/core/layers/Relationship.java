package dev.germline.core.layers;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A claim that relates two layers: the evidence behind one arrow of the graph
 * (specs/genomic-data-architecture.md, GraphSchema). Subject and object are pinned by digest.
 */
public sealed interface Relationship extends Claim {
  /** The layer the claim is about; where the arrow starts. */
  LayerRef subject();

  /** The layer it is related to; where the arrow ends. */
  LayerRef object();

  @Override
  Kind kind();

  /** The relations that carry properties; the constants are their names in the graph. */
  enum Kind implements ClaimKind {
    EVOLVED_FROM,
    DEPENDS_ON,
    SYNERGIZES_WITH,
    CONFLICTS_WITH
  }

  /** The subject descends from the object; see {@link Parent} for the properties. */
  record EvolvedFrom(
      LayerRef subject,
      LayerRef object,
      String assertedBy,
      Instant assertedAt,
      String evolutionType,
      double confidence,
      SortedMap<String, Double> improvementMetrics)
      implements Relationship {
    public EvolvedFrom {
      if (Check.required("subject", subject).equals(Check.required("object", object))) {
        throw new GermlineException(
            Fault.LINEAGE_CYCLE,
            "subject and object are both " + subject.layer() + "; nothing evolves from itself");
      }
      Check.text("assertedBy", assertedBy);
      assertedAt = Check.instant("assertedAt", assertedAt);
      Check.token("evolutionType", evolutionType);
      confidence = Check.unit("confidence", confidence);
      improvementMetrics =
          Check.measurements("improvementMetrics", improvementMetrics, Parent.MAX_METRICS);
    }

    @Override
    public Kind kind() {
      return Kind.EVOLVED_FROM;
    }
  }

  /** The subject needs the object; see {@link Dependency} for the properties. */
  record DependsOn(
      LayerRef subject,
      LayerRef object,
      String assertedBy,
      Instant assertedAt,
      String dependencyType,
      double strength,
      boolean required)
      implements Relationship {
    public DependsOn {
      refuseSelf(subject, object);
      Check.text("assertedBy", assertedBy);
      assertedAt = Check.instant("assertedAt", assertedAt);
      Check.token("dependencyType", dependencyType);
      strength = Check.unit("strength", strength);
    }

    @Override
    public Kind kind() {
      return Kind.DEPENDS_ON;
    }
  }

  /** The two work well together; see {@link Synergy} for the properties. */
  record SynergizesWith(
      LayerRef subject,
      LayerRef object,
      String assertedBy,
      Instant assertedAt,
      double synergyStrength,
      List<String> emergentCapabilities)
      implements Relationship {
    public SynergizesWith {
      refuseSelf(subject, object);
      Check.text("assertedBy", assertedBy);
      assertedAt = Check.instant("assertedAt", assertedAt);
      synergyStrength = Check.unit("synergyStrength", synergyStrength);
      emergentCapabilities =
          Check.texts("emergentCapabilities", emergentCapabilities, Synergy.MAX_CAPABILITIES);
    }

    @Override
    public Kind kind() {
      return Kind.SYNERGIZES_WITH;
    }
  }

  /** The two do not work together; see {@link Conflict} for the properties. */
  record ConflictsWith(
      LayerRef subject,
      LayerRef object,
      String assertedBy,
      Instant assertedAt,
      String conflictType,
      double severity,
      @Nullable String resolution)
      implements Relationship {
    public ConflictsWith {
      refuseSelf(subject, object);
      Check.text("assertedBy", assertedBy);
      assertedAt = Check.instant("assertedAt", assertedAt);
      Check.token("conflictType", conflictType);
      severity = Check.unit("severity", severity);
      resolution = Check.optionalText("resolution", resolution, Conflict.MAX_RESOLUTION);
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICTS_WITH;
    }
  }

  private static void refuseSelf(LayerRef subject, LayerRef object) {
    if (Check.required("subject", subject).equals(Check.required("object", object))) {
      throw new GermlineException(
          Fault.INVALID_CLAIM,
          "subject and object are both " + subject.layer() + "; name two different layers");
    }
  }
}
