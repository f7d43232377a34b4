package dev.germline.app.sharing;

import dev.germline.app.compatibility.Compatibility;
import dev.germline.app.identity.Caller;
import dev.germline.app.layers.LayerDetail;
import dev.germline.app.layers.LayerRow;
import dev.germline.app.layers.Layers;
import dev.germline.app.layers.StoredClaims;
import dev.germline.core.GermlineException;
import dev.germline.core.compatibility.Gate;
import dev.germline.core.compatibility.Policy;
import dev.germline.core.compatibility.Reason;
import dev.germline.core.compatibility.Severity;
import dev.germline.core.compatibility.license.LicenseTable;
import dev.germline.core.compatibility.license.Release;
import dev.germline.core.layers.Dependency;
import dev.germline.core.layers.LayerStatus;
import dev.germline.core.layers.License;
import dev.germline.core.layers.Parent;
import dev.germline.core.layers.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks of what a layer says about others, and others about it, as the caller may see them. */
final class FamilyCheck {
  private final Layers layers;
  private final StoredClaims claims;
  private final Compatibility compatibility;

  FamilyCheck(Layers layers, StoredClaims claims, Compatibility compatibility) {
    this.layers = layers;
    this.claims = claims;
    this.compatibility = compatibility;
  }

  /** Every required dependency is answered by a version that is to be used. */
  Finding dependencies(Caller caller, LayerDetail layer) {
    List<String> wrong = new ArrayList<>();
    for (Dependency dependency : layer.layer().manifest().dependencies()) {
      boolean answered =
          versions(caller, dependency).stream()
              .filter(row -> row.status() == LayerStatus.ACTIVE)
              .anyMatch(row -> dependency.versions().includes(row.name().version()));
      if (!answered && dependency.required()) {
        wrong.add(
            "nothing published answers %s %s".formatted(dependency.layer(), dependency.versions()));
      }
    }
    return wrong.isEmpty()
        ? Finding.passed("dependencies", "each required one is answered")
        : Finding.failed("dependencies", String.join("; ", wrong));
  }

  private List<LayerRow> versions(Caller caller, Dependency dependency) {
    try {
      return layers.versions(caller, dependency.layer());
    } catch (GermlineException none) {
      return List.of();
    }
  }

  /** There is a licence, and it keeps the terms of everything the layer descends from. */
  Finding licences(Caller caller, LayerDetail layer) {
    License own = layer.layer().manifest().sharing().license();
    if (own == null) {
      return Finding.failed("licences", "no licence is given, which is no permission");
    }
    Policy policy = new Policy(own.commercialUse(), false, Policy.CONFLICT_SEVERITY, false, false);
    Gate.Licensing licensing = compatibility.licensing(caller, layer, policy);
    List<String> wrong = new ArrayList<>();
    List<String> open = new ArrayList<>();
    for (Reason reason : licensing.reasons()) {
      if (reason.severity() == Severity.FAIL) {
        wrong.add(reason.message());
      } else if (reason.code() == Reason.Code.LICENSE_MISSING
          || reason.code() == Reason.Code.LICENSE_UNKNOWN) {
        open.add(reason.message());
      }
    }
    Set<Release> whole = licensing.terms().releases();
    if (!whole.isEmpty()
        && !whole.contains(Release.OWN_TERMS)
        && LicenseTable.standard()
            .of(own.spdx())
            .best(own.commercialUse())
            .releases()
            .contains(Release.OWN_TERMS)) {
      wrong.add(
          "it states %s, and what it descends from may be passed on only under %s"
              .formatted(
                  own.spdx(),
                  whole.stream()
                      .sorted()
                      .map(Release::toString)
                      .collect(Collectors.joining(" or "))));
    }
    if (!wrong.isEmpty()) {
      return Finding.failed("licences", String.join("; ", wrong));
    }
    return open.isEmpty()
        ? Finding.passed("licences", own.spdx() + " keeps the terms of all it descends from")
        : Finding.notChecked("licences", String.join("; ", open));
  }

  /** Its parents are what it pinned and are not revoked; no examination found it unsafe. */
  Finding provenance(Caller caller, LayerDetail layer) {
    List<String> wrong = new ArrayList<>();
    List<String> unseen = new ArrayList<>();
    if (layer.row().status() == LayerStatus.REVOKED) {
      wrong.add("it is revoked");
    }
    for (Parent parent : layer.layer().manifest().provenance().parents()) {
      Optional<LayerDetail> found = parent(caller, parent);
      if (found.isEmpty()) {
        unseen.add(parent.layer().toString());
      } else if (!found.get().row().digest().equals(parent.digest())) {
        wrong.add(parent.layer() + " has another digest than the one that was pinned");
      } else if (found.get().row().status() == LayerStatus.REVOKED) {
        wrong.add("its parent " + parent.layer() + " is revoked");
      }
    }
    for (StoredClaims.Told told :
        claims.current(caller, layer.row().name(), Statement.Kind.SAFETY)) {
      if (told.found().claim() instanceof Statement.SafetyAssessment safety
          && !safety.validation().passed()) {
        wrong.add(
            "%s found it unsafe by %s"
                .formatted(safety.assertedBy(), safety.validation().procedure()));
      }
    }
    if (!wrong.isEmpty()) {
      return Finding.failed("provenance", String.join("; ", wrong));
    }
    return unseen.isEmpty()
        ? Finding.passed("provenance", "its parents are the ones it pinned")
        : Finding.notChecked("provenance", "not visible to you: " + String.join(", ", unseen));
  }

  private Optional<LayerDetail> parent(Caller caller, Parent parent) {
    try {
      return Optional.of(layers.get(caller, parent.layer()));
    } catch (GermlineException none) {
      return Optional.empty();
    }
  }
}
