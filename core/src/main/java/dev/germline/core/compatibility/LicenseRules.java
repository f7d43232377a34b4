package dev.germline.core.compatibility;

import dev.germline.core.compatibility.Combination.Member;
import dev.germline.core.compatibility.Combination.Origin;
import dev.germline.core.compatibility.Reason.Code;
import dev.germline.core.compatibility.license.Alternatives;
import dev.germline.core.compatibility.license.LicenseTable;
import dev.germline.core.compatibility.license.Release;
import dev.germline.core.compatibility.license.Terms;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.License;
import dev.germline.core.substrate.Digest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * May the combination be used, and passed on: the terms of its layers and of all they came from.
 */
final class LicenseRules {
  private final LicenseTable table;
  private final Policy policy;
  private final List<Source> sources = new ArrayList<>();
  private final List<Reason> found = new ArrayList<>();
  private final Terms whole;
  private final Set<String> credits = new LinkedHashSet<>();
  private boolean missing;

  /** A layer or ancestor that brings terms along. */
  private record Source(
      LayerName layer, String text, Alternatives ways, boolean inherited, List<String> path) {}

  LicenseRules(LicenseTable table, Combination combination, Policy policy) {
    this.table = table;
    this.policy = policy;
    Set<Digest> seen = new HashSet<>();
    for (Member member : combination.members()) {
      for (Origin origin : combination.origins(member)) {
        if (seen.add(origin.digest())) {
          add(origin, !origin.digest().equals(member.digest()));
        }
      }
    }
    Alternatives all = Alternatives.FREE;
    for (Source source : sources) {
      all = all.and(source.ways());
    }
    whole = all.best(policy.commercial());
  }

  private void add(Origin origin, boolean inherited) {
    if (origin.known().isEmpty()) {
      missing = true;
      found.add(
          new Reason(
              Code.LICENSE_MISSING,
              Severity.WARN,
              origin.name()
                  + " is not published, or not visible to you, so the terms it hands down are not known: ask its owner",
              List.of(origin.name()),
              origin.path()));
      return;
    }
    License license = origin.known().get().layer().manifest().sharing().license();
    if (license == null) {
      missing = true;
      boolean refused = policy.commercial() || policy.refuseUnknownLicense();
      found.add(
          new Reason(
              Code.LICENSE_MISSING,
              refused ? Severity.FAIL : Severity.WARN,
              origin.name() + " states no licence, which is not permission: ask its owner for one",
              List.of(origin.name()),
              origin.path()));
      return;
    }
    Alternatives ways = table.of(license.spdx());
    if (!license.commercialUse()) {
      ways = ways.withoutCommercialUse();
    }
    sources.add(new Source(origin.name(), license.spdx().text(), ways, inherited, origin.path()));
    if (license.attribution() != null) {
      credits.add(origin.name() + ": " + license.attribution());
    }
  }

  void judge(Consumer<Reason> reasons) {
    found.forEach(reasons);
    if (whole.releases().isEmpty()) {
      incompatible(reasons);
    } else if (!whole.releases().contains(Release.OWN_TERMS)) {
      List<Source> binding =
          sources.stream().filter(s -> !best(s).releases().contains(Release.OWN_TERMS)).toList();
      each(
          binding,
          Code.LICENSE_SHARE_ALIKE,
          Severity.WARN,
          "lets the whole be passed on only under " + names(whole.releases()),
          reasons);
    }
    each(
        sources.stream().filter(s -> policy.commercial() && !best(s).commercial()).toList(),
        Code.LICENSE_NOT_COMMERCIAL,
        Severity.FAIL,
        "does not allow commercial use: ask its owner for other terms, or do without it",
        reasons);
    for (Source source : sources) {
      if (!best(source).derivatives()) {
        boolean changed = policy.merging() || source.inherited();
        each(
            List.of(source),
            Code.LICENSE_NO_DERIVATIVES,
            changed ? Severity.FAIL : Severity.WARN,
            "does not let changed versions be passed on"
                + (changed ? ", and this is one" : ": use it as it is"),
            reasons);
      }
    }
    each(
        sources.stream().filter(s -> best(s).useRestricted()).toList(),
        Code.LICENSE_USE_RESTRICTED,
        Severity.WARN,
        "forbids some uses by name",
        reasons);
    each(
        sources.stream().filter(s -> best(s).unknown()).toList(),
        Code.LICENSE_UNKNOWN,
        policy.refuseUnknownLicense() ? Severity.FAIL : Severity.WARN,
        "is not known here: read it before you ship, or publish under an SPDX id",
        reasons);
  }

  private Terms best(Source source) {
    return source.ways().best(policy.commercial());
  }

  private void incompatible(Consumer<Reason> reasons) {
    for (int i = 0; i < sources.size(); i++) {
      for (int j = i + 1; j < sources.size(); j++) {
        Source one = sources.get(i);
        Source other = sources.get(j);
        if (one.ways().and(other.ways()).best(policy.commercial()).releases().isEmpty()) {
          reasons.accept(
              contradiction(
                  "%s (%s) and %s (%s) cannot be passed on together: the one allows only %s, the other %s; replace one of them, or use them side by side"
                      .formatted(
                          one.layer(),
                          one.text(),
                          other.layer(),
                          other.text(),
                          names(best(one).releases()),
                          names(best(other).releases())),
                  List.of(one.layer(), other.layer()),
                  other.path()));
          return;
        }
      }
    }
    reasons.accept(
        contradiction(
            "no terms are left that all of these licences allow: "
                + sources.stream().map(Source::text).distinct().collect(Collectors.joining(", ")),
            sources.stream().map(Source::layer).distinct().toList(),
            List.of()));
  }

  private static Reason contradiction(String message, List<LayerName> layers, List<String> path) {
    return new Reason(Code.LICENSE_INCOMPATIBLE, Severity.FAIL, message, layers, path);
  }

  private void each(
      List<Source> which, Code code, Severity severity, String what, Consumer<Reason> reasons) {
    for (Source source : which) {
      String notes =
          best(source).licenses().stream()
              .flatMap(id -> table.find(id).stream())
              .map(LicenseTable.License::note)
              .filter(note -> !note.isEmpty())
              .distinct()
              .collect(Collectors.joining(" "));
      reasons.accept(
          new Reason(
              code,
              severity,
              "the licence of %s, %s, %s%s"
                  .formatted(
                      source.layer(), source.text(), what, notes.isEmpty() ? "" : ". " + notes),
              List.of(source.layer()),
              source.path()));
    }
  }

  private static String names(Set<Release> releases) {
    return releases.stream().sorted().map(Release::toString).collect(Collectors.joining(" or "));
  }

  Verdict.Shipping shipping() {
    Boolean commercial = whole.commercial();
    if (whole.commercial() && (missing || whole.unknown())) {
      commercial = null;
    }
    return new Verdict.Shipping(
        whole.licenses(),
        commercial,
        whole.attribution(),
        whole.shareAlike(),
        whole.useRestricted(),
        whole.releases(),
        List.copyOf(credits));
  }
}
