package dev.germline.graph.projection;

import dev.germline.core.layers.BenchmarkScore;
import dev.germline.core.layers.Contribution;
import dev.germline.core.layers.Relationship;
import dev.germline.core.layers.Reply;
import dev.germline.core.layers.SafetyValidation;
import dev.germline.core.layers.Share;
import dev.germline.core.layers.Statement;
import dev.germline.core.substrate.Document;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a claim says beside who, when and of what, as properties. Absent members have none. */
final class ClaimProperties {
  private ClaimProperties() {}

  static Map<String, Object> of(Relationship relation) {
    Map<String, Object> properties = new HashMap<>();
    switch (relation) {
      case Relationship.EvolvedFrom c -> {
        properties.put("evolutionType", c.evolutionType());
        properties.put("confidence", c.confidence());
        properties.put("improvementMetricNames", List.copyOf(c.improvementMetrics().keySet()));
        properties.put("improvementMetricValues", List.copyOf(c.improvementMetrics().values()));
      }
      case Relationship.DependsOn c -> {
        properties.put("dependencyType", c.dependencyType());
        properties.put("strength", c.strength());
        properties.put("required", c.required());
      }
      case Relationship.SynergizesWith c -> {
        properties.put("synergyStrength", c.synergyStrength());
        properties.put("emergentCapabilities", c.emergentCapabilities());
      }
      case Relationship.ConflictsWith c -> {
        properties.put("conflictType", c.conflictType());
        properties.put("severity", c.severity());
        put(properties, "resolution", c.resolution());
      }
    }
    return properties;
  }

  static Map<String, Object> of(Statement statement) {
    Map<String, Object> properties = new HashMap<>();
    switch (statement) {
      case Statement.Review c -> {
        properties.put("verdict", c.verdict().toString());
        put(properties, "rating", c.rating());
        put(properties, "comment", c.comment());
      }
      case Statement.BenchmarkResult c -> {
        BenchmarkScore score = c.score();
        properties.put("benchmark", score.benchmark());
        put(properties, "taskType", score.taskType());
        properties.put("metric", score.metric());
        properties.put("value", score.value());
        put(properties, "harness", c.harness());
      }
      case Statement.SafetyAssessment c -> {
        SafetyValidation validation = c.validation();
        properties.put("procedure", validation.procedure());
        properties.put("passed", validation.passed());
        properties.put("findings", validation.findings());
      }
      case Statement.ContributionMade c -> {
        Contribution contribution = c.contribution();
        properties.put("contributor", contribution.contributor());
        properties.put("role", contribution.role());
        Share share = contribution.share();
        put(properties, "share", share == null ? null : share.toString());
      }
      case Statement.StatusChange c -> {
        properties.put("status", c.status().toString());
        properties.put("reason", c.reason());
      }
    }
    return properties;
  }

  static Map<String, Object> of(Reply reply) {
    return switch (reply) {
      case Reply.Contest c -> Map.of("reason", c.reason());
      case Reply.Withdrawal c -> Map.of("reason", c.reason());
      case Reply.Supersession c -> Map.of("by", Document.idOf(c.by()).toString());
    };
  }

  private static void put(Map<String, Object> properties, String name, @Nullable Object value) {
    if (value != null) {
      properties.put(name, value);
    }
  }
}
