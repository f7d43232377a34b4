package dev.germline.app.assembly;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.germline.app.compatibility.VerdictView;
import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.app.layers.Written;
import dev.germline.app.ledger.LedgerHeaders;
import dev.germline.app.ledger.LedgerReader;
import dev.germline.core.assembly.Mergekit;
import dev.germline.core.assembly.PeftList;
import dev.germline.core.layers.LayerName;
import dev.germline.core.substrate.EntityRef;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Layers put together: publish, read, pin, export. */
@Controller("/api/v1/assemblies")
@Secured(Role.ANY)
@Tag(name = "assemblies")
final class AssembliesController {
  private final Assemblies publishing;
  private final StoredAssemblies assemblies;
  private final LedgerHeaders headers;
  private final LedgerReader ledger;

  AssembliesController(
      Assemblies publishing,
      StoredAssemblies assemblies,
      LedgerHeaders headers,
      LedgerReader ledger) {
    this.publishing = publishing;
    this.assemblies = assemblies;
    this.headers = headers;
    this.ledger = ledger;
  }

  /**
   * A published assembly.
   *
   * @param digest BLAKE3 of the record, hex
   * @param outcome of the gate when it was published: pass or warn
   * @param record the record as RFC 8785 canonical JSON
   * @param verdict what the gate said just now, in full; only for whoever published it
   */
  @Schema(name = "Assembly")
  record AssemblyView(
      String name,
      String digest,
      String id,
      String outcome,
      long ledgerSequence,
      @JsonRawValue @Schema(type = "object", implementation = Object.class) String record,
      @Nullable VerdictView verdict) {
    static AssemblyView of(AssemblyDetail detail) {
      AssemblyRow row = detail.row();
      return new AssemblyView(
          row.name().toString(),
          row.digest().toHex(),
          row.id().toString(),
          row.outcome(),
          row.ledgerSequence(),
          detail.json(),
          detail.judged() == null ? null : VerdictView.of(detail.judged()));
    }
  }

  /** An assembly in a list. */
  @Schema(name = "AssemblyEntry")
  record EntryView(
      String name,
      String digest,
      String creator,
      String createdAt,
      String outcome,
      long ledgerSequence) {
    static EntryView of(AssemblyRow row) {
      return new EntryView(
          row.name().toString(),
          row.digest().toHex(),
          row.creator(),
          row.createdAt().toString(),
          row.outcome(),
          row.ledgerSequence());
    }
  }

  /**
   * A list of assemblies.
   *
   * @param nextBefore where the next page starts; absent on the last
   */
  @Schema(name = "AssemblyList")
  record ListView(List<EntryView> items, @Nullable Long nextBefore) {}

  /**
   * Publishes an assembly. Layers may be named by range; what they need comes along. 201, or 200
   * when exactly this assembly is there already; 422 INCOMPATIBLE when the gate fails it.
   */
  @Post
  @RequestBody(content = @Content(schema = @Schema(type = "object")))
  HttpResponse<AssemblyView> publish(Caller caller, @Body byte[] json) {
    Written<AssemblyDetail> written = publishing.publish(caller, json);
    HttpStatus status = written.fresh() ? HttpStatus.CREATED : HttpStatus.OK;
    return headers.written(
        HttpResponse.<AssemblyView>status(status).body(AssemblyView.of(written.value())),
        written.sequence());
  }

  /**
   * Lists assemblies, newest first.
   *
   * @param before the nextBefore of the page before
   */
  @Get
  ListView list(
      Caller caller,
      @QueryValue @Nullable String namespace,
      @QueryValue @Nullable String name,
      @QueryValue(defaultValue = "100") int limit,
      @QueryValue @Nullable Long before) {
    List<AssemblyRow> rows =
        assemblies.list(caller, namespace, name, before == null ? Long.MAX_VALUE : before, limit);
    return new ListView(
        rows.stream().map(EntryView::of).toList(),
        rows.size() < limit ? null : rows.getLast().ledgerSequence());
  }

  /** An assembly with its record. */
  @Get("/{namespace}/{name}/{version}")
  AssemblyView get(Caller caller, String namespace, String name, String version) {
    return AssemblyView.of(assemblies.get(caller, LayerName.of(namespace, name, version)));
  }

  /** Everything it is made of, pinned: what germline pull --lock takes. */
  @Get("/{namespace}/{name}/{version}/lock")
  @Produces(MediaType.APPLICATION_JSON)
  @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(type = "object")))
  byte[] lock(Caller caller, String namespace, String name, String version) {
    return assemblies.lock(caller, LayerName.of(namespace, name, version)).toJson();
  }

  /** As mergekit's configuration, in JSON (which is YAML). */
  @Get("/{namespace}/{name}/{version}/mergekit")
  @Produces(MediaType.APPLICATION_JSON)
  @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(type = "object")))
  byte[] mergekit(Caller caller, String namespace, String name, String version) {
    AssemblyDetail detail = assemblies.get(caller, LayerName.of(namespace, name, version));
    return Mergekit.export(detail.assembly()).toString().getBytes(StandardCharsets.UTF_8);
  }

  /** As the arguments of PEFT's add_weighted_adapter. */
  @Get("/{namespace}/{name}/{version}/peft")
  @Produces(MediaType.APPLICATION_JSON)
  @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(type = "object")))
  byte[] peft(Caller caller, String namespace, String name, String version) {
    AssemblyDetail detail = assemblies.get(caller, LayerName.of(namespace, name, version));
    return PeftList.export(detail.assembly()).toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The proof bundle of the assembly, with its record: all that is needed to verify it offline. */
  @Get("/{namespace}/{name}/{version}/proof")
  @Produces(MediaType.APPLICATION_JSON)
  @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(type = "object")))
  byte[] proof(Caller caller, String namespace, String name, String version) {
    AssemblyDetail detail = assemblies.get(caller, LayerName.of(namespace, name, version));
    return ledger.prove(EntityRef.document(detail.row().id()), detail.record()).toJson();
  }
}
