package dev.germline.app.graphql;

import dev.germline.app.compatibility.Compatibility;
import dev.germline.app.layers.LayerRow;
import dev.germline.core.compatibility.Combination.Member;
import dev.germline.core.compatibility.Policy;
import dev.germline.core.compatibility.Reason;
import dev.germline.core.compatibility.Verdict;
import dev.germline.core.compatibility.license.Release;
import dev.germline.core.compatibility.resolve.Premise;
import dev.germline.core.compatibility.resolve.Requirement;
import dev.germline.core.compatibility.resolve.Resolution;
import dev.germline.core.layers.LayerName;
import dev.germline.core.substrate.Document;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLCodeRegistry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What goes together. */
final class CompatibilityFields implements Fields {
  private final Compatibility compatibility;
  private final double conflictSeverity;

  /**
   * @param conflictSeverity stated conflicts of at least this severity fail, unless it is said
   */
  CompatibilityFields(Compatibility compatibility, double conflictSeverity) {
    this.compatibility = compatibility;
    this.conflictSeverity = conflictSeverity;
  }

  @Override
  public String schema() {
    return "compatibility.graphqls";
  }

  @Override
  public void wire(GraphQLCodeRegistry.Builder code) {
    FieldsOf.root(code, "Query")
        .fetched("compatibility", this::check)
        .fetched("resolve", this::resolve);
    FieldsOf.type(code, "Verdict", Compatibility.Judged.class)
        .value("outcome", judged -> judged.verdict().outcome().name())
        .value("reasons", judged -> judged.verdict().reasons())
        .value("layers", Compatibility.Judged::members)
        .value("terms", judged -> judged.verdict().terms())
        .value("memoryMb", judged -> judged.verdict().needs().memoryMb())
        .value("storageBytes", judged -> judged.verdict().needs().storageBytes())
        .value("complete", judged -> judged.verdict().needs().complete());
    FieldsOf.type(code, "Reason", Reason.class)
        .value("code", reason -> reason.code().name())
        .value("severity", reason -> reason.severity().name())
        .value("message", Reason::message)
        .value("layers", reason -> names(reason.layers()))
        .value("path", Reason::path);
    FieldsOf.type(code, "Member", Member.class)
        .value("name", member -> member.name().toString())
        .value("digest", member -> member.digest().toHex())
        .value("path", member -> names(member.path()))
        .fetched("layer", CompatibilityFields::layer);
    FieldsOf.type(code, "Terms", Verdict.Shipping.class)
        .value("licenses", terms -> List.copyOf(terms.licenses()))
        .value("commercial", Verdict.Shipping::commercial)
        .value("attribution", Verdict.Shipping::attribution)
        .value("shareAlike", Verdict.Shipping::shareAlike)
        .value("useRestricted", Verdict.Shipping::useRestricted)
        .value(
            "releases", terms -> terms.releases().stream().sorted().map(Release::toString).toList())
        .value("credits", Verdict.Shipping::credits);
    FieldsOf.type(code, "Resolution", Compatibility.Resolved.class)
        .value("resolved", found -> found.resolution() instanceof Resolution.Resolved)
        .value("layers", Compatibility.Resolved::members)
        .value("because", found -> because(found.resolution()))
        .value("steps", found -> steps(found.resolution()));
  }

  private static List<String> names(List<LayerName> layers) {
    return layers.stream().map(LayerName::toString).toList();
  }

  private static CompletableFuture<Optional<LayerRow>> layer(DataFetchingEnvironment field) {
    Member member = Objects.requireNonNull(field.<Member>getSource());
    return Batching.load(field, LayerFields.BY_ID, Document.idOf(member.digest()));
  }

  private static List<String> because(Resolution resolution) {
    return switch (resolution) {
      case Resolution.Resolved _ -> List.of();
      case Resolution.Unsatisfiable why -> why.premises().stream().map(Premise::text).toList();
    };
  }

  private static List<String> steps(Resolution resolution) {
    return switch (resolution) {
      case Resolution.Resolved _ -> List.of();
      case Resolution.Unsatisfiable why -> why.steps();
    };
  }

  private Compatibility.Judged check(DataFetchingEnvironment field) {
    Map<String, Object> policy = field.getArgumentOrDefault("policy", Map.of());
    Map<String, Object> limits = field.getArgumentOrDefault("limits", Map.of());
    return compatibility.check(
        Asking.caller(field),
        requirements(field),
        new Policy(
            wanted(policy, "commercial"),
            wanted(policy, "merging"),
            policy.get("conflictSeverity") instanceof Double severity ? severity : conflictSeverity,
            wanted(policy, "refuseUnsafe"),
            wanted(policy, "refuseUnknownLicense")),
        new dev.germline.core.compatibility.Limits(
            limits.get("memoryMb") instanceof Long memory ? memory : null,
            limits.get("storageBytes") instanceof Long storage ? storage : null,
            limits.get("accelerator") instanceof String accelerator ? accelerator : null));
  }

  private static boolean wanted(Map<String, Object> policy, String what) {
    return Boolean.TRUE.equals(policy.get(what));
  }

  private Compatibility.Resolved resolve(DataFetchingEnvironment field) {
    return compatibility.resolve(Asking.caller(field), requirements(field));
  }

  private static List<Requirement> requirements(DataFetchingEnvironment field) {
    List<String> layers = Objects.requireNonNull(field.<List<String>>getArgument("layers"));
    return layers.stream().map(Requirement::parse).toList();
  }
}
