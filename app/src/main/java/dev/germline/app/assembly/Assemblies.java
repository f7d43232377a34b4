package dev.germline.app.assembly;

import dev.germline.app.compatibility.Compatibility;
import dev.germline.app.identity.Caller;
import dev.germline.app.layers.Written;
import dev.germline.app.ledger.Commit;
import dev.germline.app.ledger.Contents;
import dev.germline.app.ledger.Ledger;
import dev.germline.app.ledger.Submission;
import dev.germline.app.sql.Database;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.assembly.Assembly;
import dev.germline.core.assembly.AssemblyJson;
import dev.germline.core.assembly.Examination;
import dev.germline.core.compatibility.Combination.Member;
import dev.germline.core.compatibility.Limits;
import dev.germline.core.compatibility.Policy;
import dev.germline.core.compatibility.Reason;
import dev.germline.core.compatibility.Severity;
import dev.germline.core.compatibility.Verdict;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerRef;
import dev.germline.core.ledger.Batch;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.Edge;
import dev.germline.core.substrate.EdgeKind;
import dev.germline.core.substrate.Entity;
import dev.germline.core.substrate.EntityId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Publishes assemblies as facts of the ledger, after the gate has seen them. Thread-safe. */
public final class Assemblies {
  private static final String MIME = "application/vnd.germline.assembly+json";
  private static final EdgeKind HAS_LAYER = EdgeKind.custom("HAS_LAYER");
  private static final int SHOWN = 3;

  private final Database database;
  private final Ledger ledger;
  private final Contents contents;
  private final Compatibility compatibility;
  private final StoredAssemblies stored;
  private final Outlook outlook;
  private final double conflictSeverity;
  private final Clock clock;

  /**
   * @param conflictSeverity stated conflicts of at least this severity fail, 0 to 1
   */
  public Assemblies(
      Database database,
      Ledger ledger,
      Contents contents,
      Compatibility compatibility,
      StoredAssemblies stored,
      Outlook outlook,
      double conflictSeverity,
      Clock clock) {
    this.database = database;
    this.ledger = ledger;
    this.contents = contents;
    this.compatibility = compatibility;
    this.stored = stored;
    this.outlook = outlook;
    this.conflictSeverity = conflictSeverity;
    this.clock = clock;
  }

  /**
   * Publishes the assembly in this JSON, once the gate has let it pass or only warned. Publishing
   * what is there already changes nothing.
   *
   * @throws GermlineException INCOMPATIBLE, ASSEMBLY_EXISTS, FORBIDDEN, LAYER_NOT_FOUND and the
   *     faults of {@link AssemblyDraft}
   */
  public Written<AssemblyDetail> publish(Caller caller, byte[] json) {
    Asked given = judge(caller, json);
    Assembly asked = given.assembly();
    Compatibility.Judged judged = given.judged();
    Digest intention = AssemblyJson.intention(asked);
    Optional<AssemblyRow> existing =
        database.read(connection -> AssemblyRows.findUnseen(connection, asked.name()));
    if (existing.isPresent()) {
      return known(existing.get(), intention);
    }
    if (judged.verdict().outcome() == Severity.FAIL) {
      throw refused(judged.verdict());
    }
    return commit(caller, examined(asked, judged), intention, judged);
  }

  /** An assembly that was asked for, with what the gate said. */
  private record Asked(Assembly assembly, Compatibility.Judged judged) {}

  private Asked judge(Caller caller, byte[] json) {
    AssemblyDraft draft = AssemblyDraft.parse(json);
    Compatibility.Judged judged =
        compatibility.check(
            caller,
            draft.asked(),
            new Policy(false, draft.merges(), conflictSeverity, false, false),
            Limits.NONE);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Assembly asked = draft.assembly(caller, now, judged.members());
    if (!caller.admin() && !asked.creator().equals(caller.name())) {
      throw new GermlineException(
          Fault.FORBIDDEN,
          "creator is %s, and you are %s; only an admin publishes for others"
              .formatted(asked.creator(), caller.name()));
    }
    return new Asked(asked, judged);
  }

  /**
   * What publishing would find.
   *
   * @param assembly as it would be published, with its examination
   */
  public record Examined(Assembly assembly, Compatibility.Judged judged) {
    /** The record that would be published: RFC 8785 canonical JSON. */
    public String json() {
      return new String(AssemblyJson.canonical(assembly), StandardCharsets.UTF_8);
    }
  }

  /**
   * Puts the assembly in this JSON to the gate and publishes nothing, whatever the gate says.
   *
   * @throws GermlineException FORBIDDEN, LAYER_NOT_FOUND and the faults of {@link AssemblyDraft}
   */
  public Examined examine(Caller caller, byte[] json) {
    Asked asked = judge(caller, json);
    return new Examined(examined(asked.assembly(), asked.judged()), asked.judged());
  }

  private Written<AssemblyDetail> known(AssemblyRow row, Digest intention) {
    if (!row.intention().equals(intention)) {
      throw new GermlineException(
          Fault.ASSEMBLY_EXISTS,
          row.name()
              + " is published already, with other content; versions are never overwritten, publish"
              + " a new one");
    }
    return new Written<>(stored.detail(row), false, row.ledgerSequence());
  }

  private static GermlineException refused(Verdict verdict) {
    List<Reason> fails =
        verdict.reasons().stream().filter(r -> r.severity() == Severity.FAIL).toList();
    String some =
        fails.stream()
            .limit(SHOWN)
            .map(r -> r.code() + ": " + r.message())
            .collect(Collectors.joining("; "));
    int more = fails.size() - SHOWN;
    return new GermlineException(
        Fault.INCOMPATIBLE,
        "the gate refuses this combination. " + some + (more > 0 ? "; and " + more + " more" : ""));
  }

  private Assembly examined(Assembly asked, Compatibility.Judged judged) {
    Set<LayerName> parts =
        asked.parts().stream().map(part -> part.layer().layer()).collect(Collectors.toSet());
    Set<LayerName> all = judged.members().stream().map(Member::name).collect(Collectors.toSet());
    List<LayerRef> needs =
        judged.members().stream()
            .filter(member -> !parts.contains(member.name()))
            .map(member -> new LayerRef(member.name(), member.digest()))
            .sorted(Comparator.comparing(LayerRef::layer))
            .toList();
    Verdict verdict = judged.verdict();
    List<Examination.Finding> findings =
        verdict.reasons().stream()
            .map(reason ->
                new Examination.Finding(
                    reason.code().name(),
                    reason.severity(),
                    reason.layers().stream().filter(all::contains).toList()))
            .distinct()
            .toList();
    return asked.examined(
        needs,
        new Examination(
            verdict.outcome(),
            findings,
            outlook.of(asked, judged.rows()),
            verdict.needs().memoryMb(),
            verdict.needs().storageBytes(),
            verdict.needs().complete()));
  }

  private Written<AssemblyDetail> commit(
      Caller caller, Assembly assembly, Digest intention, Compatibility.Judged judged) {
    byte[] record = AssemblyJson.canonical(assembly);
    Digest digest = Blake3.hash(record);
    Document document =
        Document.of(
            "assemblies/" + assembly.name(),
            digest,
            List.of(),
            assembly.createdAt().toEpochMilli(),
            record.length,
            MIME);
    List<Entity> entities = new ArrayList<>(List.of(document));
    for (LayerRef layer : AssemblyDetail.members(assembly)) {
      entities.add(Edge.of(document.id(), Document.idOf(layer.digest()), HAS_LAYER));
    }
    boolean small = record.length <= Submission.MAX_CONTENT_BYTES;
    if (!small) {
      contents.keep(digest, record);
    }
    AssemblyRow row = row(assembly, document.id(), digest, intention, 0);
    Commit commit =
        ledger.commit(
            new Submission(
                new Batch(entities, List.of()),
                small ? Map.of(digest, record) : Map.of(),
                (connection, sequence) -> {
                  requireFounder(
                      AssemblyRows.founder(connection, assembly.name()), caller, assembly.name());
                  if (AssemblyRows.findUnseen(connection, assembly.name()).isPresent()) {
                    throw new GermlineException(
                        Fault.ASSEMBLY_EXISTS,
                        assembly.name() + " was published just now; look at it");
                  }
                  AssemblyRows.insert(connection, row, assembly, sequence);
                }));
    return new Written<>(
        new AssemblyDetail(
            row(assembly, document.id(), digest, intention, commit.sequence()),
            new String(record, StandardCharsets.UTF_8),
            assembly,
            judged),
        true,
        commit.sequence());
  }

  private static AssemblyRow row(
      Assembly assembly, EntityId id, Digest digest, Digest intention, long sequence) {
    Examination found = assembly.examination();
    return new AssemblyRow(
        id,
        digest,
        intention,
        assembly.name(),
        assembly.creator(),
        assembly.createdAt(),
        assembly.visibility().toString(),
        found == null ? Severity.WARN.toString() : found.outcome().toString(),
        sequence);
  }

  private static void requireFounder(Optional<String> founder, Caller caller, LayerName name) {
    if (!caller.admin() && founder.filter(who -> !who.equals(caller.name())).isPresent()) {
      throw new GermlineException(
          Fault.FORBIDDEN,
          "versions of the assembly "
              + name.family()
              + " are published by its founder or an admin");
    }
  }
}
