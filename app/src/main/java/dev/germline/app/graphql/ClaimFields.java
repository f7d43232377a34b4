package dev.germline.app.graphql;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.germline.app.identity.Caller;
import dev.germline.app.layers.LayerRow;
import dev.germline.app.layers.StoredClaims;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.Claim;
import dev.germline.core.layers.ClaimJson;
import dev.germline.core.layers.ClaimKind;
import dev.germline.core.layers.Relationship;
import dev.germline.core.layers.Reply;
import dev.germline.core.layers.Statement;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLCodeRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoaderOptions;
import org.dataloader.DataLoaderRegistry;
import org.jspecify.annotations.Nullable;

/** What is said of layers, and what became of that. */
final class ClaimFields implements Fields {
  private static final String PAGES = "claims";

  private final StoredClaims claims;
  private final GraphQlSettings settings;

  ClaimFields(StoredClaims claims, GraphQlSettings settings) {
    this.claims = claims;
    this.settings = settings;
  }

  @Override
  public String schema() {
    return "claims.graphqls";
  }

  @Override
  public void load(Caller caller, DataLoaderRegistry loaders, DataLoaderOptions options) {
    loaders.register(
        PAGES,
        Batching.<StoredClaims.Question, StoredClaims.Page>about(
            (question, layers) -> claims.of(caller, layers, question), options));
  }

  @Override
  public void wire(GraphQLCodeRegistry.Builder code) {
    FieldsOf.root(code, "Query")
        .fetched(
            "claim",
            field ->
                claims.get(
                    Asking.caller(field), Objects.requireNonNull(field.<String>getArgument("id"))));
    FieldsOf.type(code, "Layer", LayerRow.class).fetched("claims", this::ofLayer);
    Connection.wire(code, "Claim");
    FieldsOf.type(code, "Claim", StoredClaims.Told.class)
        .value("fact", StoredClaims.Told::found)
        .value("standing", told -> told.standing().verdict().name())
        .value("counts", told -> told.standing().verdict().counts())
        .value("replies", StoredClaims.Told::replies)
        .value("ledgerSequence", StoredClaims.Told::ledgerSequence);
    FieldsOf.type(code, "ClaimFact", StoredClaims.Found.class)
        .value("id", found -> found.id().toString())
        .value("digest", found -> found.digest().toHex())
        .value("kind", found -> found.claim().kind().name())
        .value("assertedBy", found -> found.claim().assertedBy())
        .value("assertedAt", found -> found.claim().assertedAt().toString())
        .value("from", found -> from(found.claim()))
        .value("to", found -> to(found.claim()))
        .value("claim", found -> about(found.claim()))
        .value("record", found -> record(found.claim()));
  }

  private CompletableFuture<Connection<StoredClaims.Told>> ofLayer(DataFetchingEnvironment field) {
    Slice slice = Slice.of(field, settings);
    StoredClaims.Question question =
        new StoredClaims.Question(
            kind(field.getArgument("kind")),
            Boolean.TRUE.equals(field.<Boolean>getArgument("current")),
            slice.first(),
            slice.after());
    return Batching.<StoredClaims.Question, StoredClaims.Page>ofLayer(field, PAGES, question)
        .thenApply(found -> found.orElse(new StoredClaims.Page(List.of(), null)))
        .thenApply(page ->
            new Connection<>(
                page.items(),
                StoredClaims.Told::place,
                page.nextCursor() != null,
                slice.after() != null));
  }

  private static @Nullable ClaimKind kind(@Nullable String name) {
    return name == null
        ? null
        : ClaimKind.all().stream()
            .filter(kind -> kind.name().equals(name))
            .findFirst()
            .orElseThrow(() ->
                new GermlineException(
                    Fault.INVALID_REQUEST, "there is no kind of claim '%s'".formatted(name)));
  }

  private static @Nullable Object from(Claim claim) {
    return switch (claim) {
      case Relationship relation -> relation.subject().layer().toString();
      case Statement statement -> statement.subject().layer().toString();
      case Reply _ -> null;
    };
  }

  private static @Nullable Object to(Claim claim) {
    return claim instanceof Relationship relation ? relation.object().layer().toString() : null;
  }

  private static @Nullable Object about(Claim claim) {
    return claim instanceof Reply reply ? reply.claim().toHex() : null;
  }

  /** The claim as canonical JSON, byte for byte what its digest is of. */
  static RawValue record(Claim claim) {
    return new RawValue(new String(ClaimJson.canonical(claim), StandardCharsets.UTF_8));
  }
}
