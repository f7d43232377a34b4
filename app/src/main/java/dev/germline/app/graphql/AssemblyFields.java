package dev.germline.app.graphql;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.germline.app.assembly.Assemblies;
import dev.germline.app.assembly.AssemblyDetail;
import dev.germline.app.assembly.AssemblyRow;
import dev.germline.app.assembly.StoredAssemblies;
import dev.germline.app.compatibility.Compatibility;
import dev.germline.app.identity.Caller;
import dev.germline.app.layers.LayerRow;
import dev.germline.app.layers.Written;
import dev.germline.app.ledger.LedgerReader;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.assembly.Examination;
import dev.germline.core.assembly.LockFile;
import dev.germline.core.assembly.Mergekit;
import dev.germline.core.assembly.Part;
import dev.germline.core.assembly.PeftList;
import dev.germline.core.assembly.Prediction;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerRef;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.EntityId;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLCodeRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.dataloader.DataLoaderOptions;
import org.dataloader.DataLoaderRegistry;
import org.jspecify.annotations.Nullable;

/** Layers put together: read, published, and put to the gate without being published. */
final class AssemblyFields implements Fields {
  /** Loads rows by {@link EntityId}. */
  static final String BY_ID = "assemblies by id";

  private static final String DETAILS = "assembly details";
  private static final String LOCKS = "assembly locks";

  private final Assemblies publishing;
  private final StoredAssemblies assemblies;
  private final LedgerReader ledger;
  private final GraphQlSettings settings;

  AssemblyFields(
      Assemblies publishing,
      StoredAssemblies assemblies,
      LedgerReader ledger,
      GraphQlSettings settings) {
    this.publishing = publishing;
    this.assemblies = assemblies;
    this.ledger = ledger;
    this.settings = settings;
  }

  /** What came of publishing one. */
  private record Published(
      AssemblyRow assembly,
      Compatibility.@Nullable Judged verdict,
      boolean fresh,
      long sequence,
      boolean projected) {}

  @Override
  public String schema() {
    return "assemblies.graphqls";
  }

  @Override
  public void load(Caller caller, DataLoaderRegistry loaders, DataLoaderOptions options) {
    loaders.register(
        BY_ID,
        Batching.<EntityId, AssemblyRow>byKey(ids -> assemblies.rowsById(caller, ids), options));
    loaders.register(
        DETAILS,
        Batching.<AssemblyRow, AssemblyDetail>byKey(rows -> assemblies.details(rows), options));
    loaders.register(
        LOCKS,
        Batching.<AssemblyRow, LockFile>byKey(rows -> assemblies.locks(caller, rows), options));
  }

  @Override
  public void wire(GraphQLCodeRegistry.Builder code) {
    FieldsOf.root(code, "Query")
        .fetched("assembly", this::assembly)
        .fetched("assemblies", this::list);
    FieldsOf.root(code, "Mutation")
        .fetched("publishAssembly", this::publish)
        .fetched("validateAssembly", this::validate);
    Connection.wire(code, "Assembly");
    FieldsOf.type(code, "Assembly", AssemblyRow.class)
        .value("id", row -> row.id().toString())
        .value("name", row -> row.name().toString())
        .value("digest", row -> row.digest().toHex())
        .value("creator", AssemblyRow::creator)
        .value("createdAt", row -> row.createdAt().toString())
        .value("visibility", row -> row.visibility().toUpperCase(Locale.ROOT))
        .value("outcome", row -> row.outcome().toUpperCase(Locale.ROOT))
        .value("ledgerSequence", AssemblyRow::ledgerSequence)
        .fetched("record", detail(one -> new RawValue(one.json())))
        .fetched("description", detail(one -> one.assembly().description()))
        .fetched("parts", detail(one -> one.assembly().parts()))
        .fetched("needs", detail(one -> one.assembly().needs()))
        .fetched("examination", detail(one -> one.assembly().examination()))
        .fetched("mergekit", detail(one -> raw(Mergekit.export(one.assembly()).toString())))
        .fetched("peft", detail(one -> raw(PeftList.export(one.assembly()).toString())))
        .fetched("lock", AssemblyFields::lock);
    FieldsOf.type(code, "AssemblyPart", Part.class)
        .value("id", Part::id)
        .value("name", part -> part.layer().layer().toString())
        .value("digest", part -> part.layer().digest().toHex())
        .fetched("layer", layer(Part.class, Part::layer));
    FieldsOf.type(code, "PinnedLayer", LayerRef.class)
        .value("name", ref -> ref.layer().toString())
        .value("digest", ref -> ref.digest().toHex())
        .fetched("layer", layer(LayerRef.class, ref -> ref));
    examination(code);
    FieldsOf.type(code, "PublishAssemblyPayload", Published.class)
        .value("assembly", Published::assembly)
        .value("verdict", Published::verdict)
        .value("fresh", Published::fresh)
        .value("ledgerSequence", Published::sequence)
        .value("projected", Published::projected);
    FieldsOf.type(code, "ValidateAssemblyPayload", Assemblies.Examined.class)
        .value("verdict", Assemblies.Examined::judged)
        .value("examination", examined -> examined.assembly().examination())
        .value("record", examined -> raw(examined.json()));
  }

  private static void examination(GraphQLCodeRegistry.Builder code) {
    FieldsOf.type(code, "Examination", Examination.class)
        .value("outcome", found -> found.outcome().name())
        .value("findings", Examination::findings)
        .value("predictions", Examination::predictions)
        .value("memoryMb", Examination::memoryMb)
        .value("storageBytes", Examination::storageBytes)
        .value("complete", Examination::complete);
    FieldsOf.type(code, "ExaminationFinding", Examination.Finding.class)
        .value("code", Examination.Finding::code)
        .value("severity", finding -> finding.severity().name())
        .value("layers", finding -> finding.layers().stream().map(LayerName::toString).toList());
    FieldsOf.type(code, "Prediction", Prediction.class)
        .value("taskType", Prediction::task)
        .value("metricType", Prediction::metric)
        .value("mean", Prediction::mean)
        .value("low", Prediction::low)
        .value("high", Prediction::high)
        .value("measured", Prediction::measured);
  }

  private AssemblyRow assembly(DataFetchingEnvironment field) {
    LayerName name = LayerName.parse(Objects.requireNonNull(field.<String>getArgument("name")));
    return assemblies.row(Asking.caller(field), name);
  }

  private Connection<AssemblyRow> list(DataFetchingEnvironment field) {
    Slice slice = Slice.of(field, settings);
    List<AssemblyRow> rows =
        assemblies.list(
            Asking.caller(field),
            field.getArgument("namespace"),
            field.getArgument("name"),
            before(slice.after()),
            slice.first() + 1);
    return new Connection<>(
        rows.subList(0, Math.min(slice.first(), rows.size())),
        row -> Long.toString(row.ledgerSequence()),
        rows.size() > slice.first(),
        slice.after() != null);
  }

  private static long before(@Nullable String place) {
    try {
      return place == null ? Long.MAX_VALUE : Long.parseLong(place);
    } catch (NumberFormatException strange) {
      throw new GermlineException(
          Fault.INVALID_REQUEST, "after is the cursor of an entry of an earlier page");
    }
  }

  private Published publish(DataFetchingEnvironment field) {
    byte[] spec = ChangeFields.document(field, "assembly");
    Written<AssemblyDetail> written = publishing.publish(Asking.caller(field), spec);
    return new Published(
        written.value().row(),
        written.value().judged(),
        written.fresh(),
        written.sequence(),
        ledger.awaitVisible(written.sequence()));
  }

  private Assemblies.Examined validate(DataFetchingEnvironment field) {
    return publishing.examine(Asking.caller(field), ChangeFields.document(field, "assembly"));
  }

  private static CompletableFuture<RawValue> lock(DataFetchingEnvironment field) {
    AssemblyRow row = Objects.requireNonNull(field.<AssemblyRow>getSource());
    return Batching.<AssemblyRow, LockFile>load(field, LOCKS, row)
        .thenApply(Optional::orElseThrow)
        .thenApply(lock -> raw(new String(lock.toJson(), StandardCharsets.UTF_8)));
  }

  private static DataFetcher<CompletableFuture<@Nullable Object>> detail(
      Function<AssemblyDetail, @Nullable Object> part) {
    return field -> {
      AssemblyRow row = Objects.requireNonNull(field.<AssemblyRow>getSource());
      return Batching.<AssemblyRow, AssemblyDetail>load(field, DETAILS, row)
          .thenApply(Optional::orElseThrow)
          .thenApply(part);
    };
  }

  private static <T> DataFetcher<CompletableFuture<Optional<LayerRow>>> layer(
      Class<T> source, Function<T, LayerRef> layer) {
    return field -> {
      T value = source.cast(Objects.requireNonNull(field.<Object>getSource()));
      return Batching.load(field, LayerFields.BY_ID, Document.idOf(layer.apply(value).digest()));
    };
  }

  private static RawValue raw(String json) {
    return new RawValue(json);
  }
}
