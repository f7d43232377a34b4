package dev.germline.app.graphql;

import dev.germline.app.lineage.Lineage;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.LayerName;
import dev.germline.graph.lineage.BlastRadius;
import dev.germline.graph.lineage.CommonAncestor;
import dev.germline.graph.lineage.LayerNode;
import dev.germline.graph.lineage.LineagePath;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLCodeRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Questions about the whole of a lineage. Each is a field of the query itself and no field of a
 * layer, so that no page of layers asks one for each of them.
 */
final class KinshipFields implements Fields {
  private final Lineage lineage;
  private final GraphQlSettings settings;

  KinshipFields(Lineage lineage, GraphQlSettings settings) {
    this.lineage = lineage;
    this.settings = settings;
  }

  /** A page of what is hit, whose entries know how many are before them. */
  private record Blast(BlastRadius radius, Connection<Hit> page) {}

  private record Hit(BlastRadius.Hit hit, int place) {}

  @Override
  public String schema() {
    return "kinship.graphqls";
  }

  @Override
  public void wire(GraphQLCodeRegistry.Builder code) {
    FieldsOf.root(code, "Query")
        .fetched("lineagePath", this::path)
        .fetched("commonAncestors", this::common)
        .fetched("blastRadius", this::blast)
        .fetched("deadEnds", this::deadEnds);
    FieldsOf.type(code, "LineagePath", LineagePath.class)
        .value("layers", LineagePath::layers)
        .value("relations", LineagePath::arrows);
    FieldsOf.type(code, "LineageStep", LayerNode.class)
        .value("name", node -> node.name().toString())
        .fetched("layer", LineageFields.node(LayerNode.class, node -> node));
    Connection.wire(code, "CommonAncestor");
    FieldsOf.type(code, "CommonAncestor", CommonAncestor.class)
        .fetched("layer", LineageFields.node(CommonAncestor.class, CommonAncestor::layer))
        .value("nearest", CommonAncestor::nearest)
        .value(
            "steps",
            common ->
                common.steps().entrySet().stream().sorted(Map.Entry.comparingByKey()).toList());
    FieldsOf.type(code, "Steps", Map.Entry.class)
        .value("from", step -> step.getKey().toString())
        .value("count", step -> step.getValue());
    FieldsOf.type(code, "BlastRadiusConnection", Blast.class)
        .value("edges", blast -> blast.page().edges())
        .value("nodes", blast -> blast.page().nodes())
        .value("pageInfo", blast -> blast.page().info())
        .value("totalCount", blast -> blast.radius().total())
        .value("truncated", blast -> blast.radius().truncated());
    FieldsOf.type(code, "BlastRadiusEdge", Connection.Edge.class)
        .value("node", Connection.Edge::node)
        .value("cursor", Connection.Edge::cursor);
    FieldsOf.type(code, "Hit", Hit.class)
        .fetched("layer", LineageFields.node(Hit.class, hit -> hit.hit().layer()))
        .value("depth", hit -> hit.hit().layer().depth())
        .value("impact", hit -> hit.hit().impact())
        .value("required", hit -> hit.hit().required());
    Connection.wire(code, "DeadEnd");
    FieldsOf.type(code, "DeadEnd", Lineage.DeadEnd.class)
        .fetched("layer", LineageFields.node(Lineage.DeadEnd.class, Lineage.DeadEnd::layer))
        .value("lastUsed", end -> end.lastUsed() == null ? null : end.lastUsed().toString());
  }

  private Optional<LineagePath> path(DataFetchingEnvironment field) {
    return lineage.path(
        Asking.caller(field), name(field, "from"), name(field, "to"), LineageFields.moment(field));
  }

  private Connection<CommonAncestor> common(DataFetchingEnvironment field) {
    Slice slice = Slice.of(field, settings);
    List<String> names = Objects.requireNonNull(field.<List<String>>getArgument("layers"));
    List<CommonAncestor> found =
        lineage.commonAncestors(
            Asking.caller(field),
            names.stream().map(LayerName::parse).toList(),
            LineageFields.moment(field));
    return slice.of(found, common -> common.layer().id().toString());
  }

  private Blast blast(DataFetchingEnvironment field) {
    Slice slice = Slice.of(field, settings);
    int depth = Objects.requireNonNull(field.<Integer>getArgument("depth"));
    int offset = offset(slice.after());
    BlastRadius radius =
        lineage.blast(
            Asking.caller(field),
            name(field, "layer"),
            depth,
            offset,
            slice.first(),
            LineageFields.moment(field));
    List<Hit> hits = new ArrayList<>();
    radius.hits().forEach(hit -> hits.add(new Hit(hit, offset + hits.size() + 1)));
    return new Blast(
        radius,
        new Connection<>(
            hits,
            hit -> Integer.toString(hit.place()),
            offset + hits.size() < radius.total(),
            offset > 0));
  }

  private static int offset(@Nullable String place) {
    try {
      return place == null ? 0 : Integer.parseInt(place);
    } catch (NumberFormatException strange) {
      throw new GermlineException(
          Fault.INVALID_REQUEST, "after is the cursor of an entry of an earlier page");
    }
  }

  private Connection<Lineage.DeadEnd> deadEnds(DataFetchingEnvironment field) {
    Slice slice = Slice.of(field, settings);
    Instant asOf = LineageFields.moment(field);
    List<Lineage.DeadEnd> found =
        lineage
            .deadEnds(
                Asking.caller(field),
                field.getArgument("namespace"),
                slice.after() == null ? null : LayerName.parse(slice.after()),
                slice.first() + 1,
                null,
                asOf)
            .items();
    return new Connection<>(
        found.subList(0, Math.min(slice.first(), found.size())),
        end -> end.layer().name().toString(),
        found.size() > slice.first(),
        slice.after() != null);
  }

  private static LayerName name(DataFetchingEnvironment field, String argument) {
    return LayerName.parse(Objects.requireNonNull(field.<String>getArgument(argument)));
  }
}
