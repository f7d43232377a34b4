package dev.germline.app.graphql;

import dev.germline.app.layers.Cursor;
import dev.germline.app.layers.LayerRow;
import dev.germline.app.sharing.Notice;
import dev.germline.app.sharing.Notices;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.Statement;
import dev.germline.core.substrate.EntityId;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLCodeRegistry;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** What the caller is told of layers that its own stand on. */
final class NoticeFields implements Fields {
  private final Notices notices;
  private final GraphQlSettings settings;

  NoticeFields(Notices notices, GraphQlSettings settings) {
    this.notices = notices;
    this.settings = settings;
  }

  @Override
  public String schema() {
    return "notices.graphqls";
  }

  @Override
  public void wire(GraphQLCodeRegistry.Builder code) {
    FieldsOf.root(code, "Query").fetched("notices", this::list);
    FieldsOf.root(code, "Mutation").fetched("acknowledgeNotice", this::acknowledge);
    Connection.wire(code, "Notice");
    FieldsOf.type(code, "Notice", Notices.Told.class)
        .value("id", told -> told.notice().id().toString())
        .value("cause", told -> told.notice().cause().name())
        .value("advice", told -> told.notice().advice().name())
        .value("name", told -> told.notice().layer().toString())
        .fetched("layer", layer(Notices.Told.class, told -> told.notice().layer()))
        .value("affected", told -> told.notice().affected())
        .fetched("layers", this::layers)
        .value("by", told -> told.said().map(Statement.StatusChange::assertedBy).orElse(null))
        .value("reason", told -> told.said().map(Statement.StatusChange::reason).orElse(null))
        .value("toldAt", told -> told.notice().toldAt().toString())
        .value(
            "acknowledgedAt",
            told ->
                Optional.ofNullable(told.notice().acknowledgedAt())
                    .map(Object::toString)
                    .orElse(null));
    Connection.wire(code, "AffectedLayer");
    FieldsOf.type(code, "AffectedLayer", Notice.Affected.class)
        .value("name", one -> one.layer().toString())
        .fetched("layer", layer(Notice.Affected.class, Notice.Affected::layer))
        .value("distance", Notice.Affected::distance);
  }

  private Connection<Notices.Told> list(DataFetchingEnvironment field) {
    Slice slice = Slice.of(field, settings);
    Notices.Page page =
        notices.list(
            Asking.caller(field),
            Boolean.TRUE.equals(field.<Boolean>getArgument("open")),
            slice.first(),
            slice.after());
    return new Connection<>(
        page.items(),
        told -> new Cursor(told.notice().ledgerSequence(), told.notice().id()).toString(),
        page.nextCursor() != null,
        slice.after() != null);
  }

  private Notices.Told acknowledge(DataFetchingEnvironment field) {
    Asking.of(field).writing().set(true);
    EntityId id = EntityId.parse(Objects.requireNonNull(field.<String>getArgument("id")));
    return notices.acknowledge(Asking.caller(field), id);
  }

  private Connection<Notice.Affected> layers(DataFetchingEnvironment field) {
    Notices.Told told = Objects.requireNonNull(field.<Notices.Told>getSource());
    return Slice.of(field, settings).of(told.notice().layers(), one -> one.layer().toString());
  }

  private static <T> DataFetcher<CompletableFuture<Optional<LayerRow>>> layer(
      Class<T> source, Function<T, LayerName> name) {
    return field -> {
      T value = source.cast(Objects.requireNonNull(field.<Object>getSource()));
      return Batching.load(field, LayerFields.BY_NAME, name.apply(value));
    };
  }
}
