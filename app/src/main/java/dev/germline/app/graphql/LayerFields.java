package dev.germline.app.graphql;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.germline.app.identity.Caller;
import dev.germline.app.layers.LayerDetail;
import dev.germline.app.layers.LayerRow;
import dev.germline.app.layers.Layers;
import dev.germline.core.layers.LayerFamily;
import dev.germline.core.layers.LayerFile;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerType;
import dev.germline.core.layers.License;
import dev.germline.core.substrate.EntityId;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLCodeRegistry;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.dataloader.DataLoaderOptions;
import org.dataloader.DataLoaderRegistry;
import org.jspecify.annotations.Nullable;

/** Layers, their records and their files. */
final class LayerFields implements Fields {
  /** Loads rows by {@link LayerName}. */
  static final String BY_NAME = "layers by name";

  /** Loads rows by {@link EntityId}. */
  static final String BY_ID = "layers by id";

  private static final String DETAILS = "layer details";

  private static final None NONE = new None();

  private final Layers layers;
  private final GraphQlSettings settings;

  LayerFields(Layers layers, GraphQlSettings settings) {
    this.layers = layers;
    this.settings = settings;
  }

  /** No arguments. */
  private record None() {}

  @Override
  public String schema() {
    return "layers.graphqls";
  }

  @Override
  public void load(Caller caller, DataLoaderRegistry loaders, DataLoaderOptions options) {
    loaders.register(
        BY_NAME, Batching.<LayerName, LayerRow>byKey(names -> layers.rows(caller, names), options));
    loaders.register(
        BY_ID, Batching.<EntityId, LayerRow>byKey(ids -> layers.rowsById(caller, ids), options));
    loaders.register(
        DETAILS, Batching.<None, LayerDetail>about((_, rows) -> layers.details(rows), options));
  }

  @Override
  public void wire(GraphQLCodeRegistry.Builder code) {
    FieldsOf.root(code, "Query")
        .fetched("layer", this::layer)
        .fetched("layers", this::list)
        .fetched("versions", this::versions);
    Connection.wire(code, "Layer");
    FieldsOf.type(code, "Layer", LayerRow.class)
        .value("id", row -> row.id().toString())
        .value("name", row -> row.name().toString())
        .value("digest", row -> row.digest().toHex())
        .value("type", row -> row.type().name())
        .value("creator", LayerRow::creator)
        .value("createdAt", row -> row.createdAt().toString())
        .value("visibility", row -> row.visibility().name())
        .value("status", row -> row.status().name())
        .value("description", LayerRow::description)
        .value("ledgerSequence", LayerRow::ledgerSequence)
        .fetched("record", detail(detail -> new RawValue(detail.json())))
        .fetched("capabilities", detail(detail -> detail.layer().manifest().capabilities()))
        .fetched("license", detail(LayerFields::license))
        .fetched("files", this::files);
    Connection.wire(code, "LayerFile");
    FieldsOf.type(code, "LayerFile", LayerFile.class)
        .value("path", file -> file.path().value())
        .value("sizeBytes", LayerFile::sizeBytes)
        .value("blake3", file -> file.blake3().toHex())
        .value("sha256", file -> file.sha256().toHex())
        .value("gitSha1", file -> file.gitSha1().hex())
        .value("format", file -> file.format().toString())
        .value("metadata", LayerFile::metadata);
  }

  private CompletableFuture<LayerRow> layer(DataFetchingEnvironment field) {
    LayerName name = LayerName.parse(Objects.requireNonNull(field.<String>getArgument("name")));
    return Batching.<LayerName, LayerRow>load(field, BY_NAME, name)
        .thenApply(row -> row.orElseThrow(() -> Layers.notFound(name)));
  }

  private Connection<LayerRow> list(DataFetchingEnvironment field) {
    Slice slice = Slice.of(field, settings);
    Layers.Page page =
        layers.list(
            Asking.caller(field),
            field.getArgument("namespace"),
            field.getArgument("name"),
            type(field.getArgument("type")),
            slice.first(),
            slice.after());
    return new Connection<>(
        page.items(), LayerRow::place, page.nextCursor() != null, slice.after() != null);
  }

  private Connection<LayerRow> versions(DataFetchingEnvironment field) {
    LayerFamily family =
        new LayerFamily(
            Objects.requireNonNull(field.<String>getArgument("namespace")),
            Objects.requireNonNull(field.<String>getArgument("name")));
    return Slice.of(field, settings)
        .of(layers.versions(Asking.caller(field), family), row -> row.name().version().text());
  }

  private CompletableFuture<Connection<LayerFile>> files(DataFetchingEnvironment field) {
    Slice slice = Slice.of(field, settings);
    return detail(field)
        .thenApply(
            detail -> slice.of(detail.layer().manifest().files(), file -> file.path().value()));
  }

  static @Nullable LayerType type(@Nullable String name) {
    return name == null ? null : LayerType.valueOf(name);
  }

  /** The record of the layer that a field is of. */
  static CompletableFuture<LayerDetail> detail(DataFetchingEnvironment field) {
    return Batching.<None, LayerDetail>ofLayer(field, DETAILS, NONE)
        .thenApply(Optional::orElseThrow);
  }

  private static DataFetcher<CompletableFuture<@Nullable Object>> detail(
      Function<LayerDetail, @Nullable Object> part) {
    return field -> detail(field).thenApply(part);
  }

  private static @Nullable Object license(LayerDetail detail) {
    License license = detail.layer().manifest().sharing().license();
    return license == null ? null : license.spdx().toString();
  }
}
