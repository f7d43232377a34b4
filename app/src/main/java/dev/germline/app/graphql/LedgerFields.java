package dev.germline.app.graphql;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.germline.app.identity.Caller;
import dev.germline.app.layers.LayerRow;
import dev.germline.app.layers.Layers;
import dev.germline.app.ledger.Head;
import dev.germline.app.ledger.LedgerReader;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.ledger.ProofBundle;
import dev.germline.core.ledger.SignedStateRoot;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityId;
import dev.germline.core.substrate.EntityKind;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLCodeRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoaderOptions;
import org.dataloader.DataLoaderRegistry;
import org.jspecify.annotations.Nullable;

/** The chain of signed state roots, and proofs that a layer stands under one. */
final class LedgerFields implements Fields {
  private static final String PROOFS = "proofs";
  private static final None NONE = new None();

  private final LedgerReader ledger;
  private final Layers layers;
  private final GraphQlSettings settings;

  LedgerFields(LedgerReader ledger, Layers layers, GraphQlSettings settings) {
    this.ledger = ledger;
    this.layers = layers;
    this.settings = settings;
  }

  /** No arguments. */
  private record None() {}

  @Override
  public String schema() {
    return "ledger.graphqls";
  }

  @Override
  public void load(Caller caller, DataLoaderRegistry loaders, DataLoaderOptions options) {
    loaders.register(PROOFS, Batching.<None, ProofBundle>about((_, rows) -> proofs(rows), options));
  }

  private Map<EntityId, ProofBundle> proofs(Collection<LayerRow> rows) {
    Map<EntityId, byte[]> records = new HashMap<>();
    layers.details(rows).forEach((id, detail) -> records.put(id, detail.record()));
    return ledger.proveDocuments(records);
  }

  @Override
  public void wire(GraphQLCodeRegistry.Builder code) {
    FieldsOf.root(code, "Query")
        .fetched("ledger", _ -> ledger.head())
        .fetched(
            "stateRoot",
            field -> ledger.record(Objects.requireNonNull(field.<Long>getArgument("sequence"))));
    FieldsOf.type(code, "Ledger", Head.class)
        .value("sequence", Head::sequence)
        .value("recordHash", head -> head.recordHash().toHex())
        .value("root", Head::root)
        .value("projectedSequence", _ -> ledger.projectedSequence())
        .fetched("stateRoots", this::roots);
    Connection.wire(code, "StateRoot");
    FieldsOf<SignedStateRoot> root =
        FieldsOf.type(code, "StateRoot", SignedStateRoot.class)
            .value("sequence", signed -> signed.root().sequence())
            .value("hash", signed -> signed.root().hash().toHex())
            .value("parent", signed -> hex(signed.root().parent()))
            .value("previousRecord", signed -> hex(signed.root().prevRecord()))
            .value("recordHash", signed -> signed.root().recordHash().toHex())
            .value("timestamp", signed -> signed.root().timestampMillis())
            .value("deviceId", signed -> signed.root().device().toString())
            .value("rootV2", signed -> signed.root().roots().v2().toHex())
            .value("signatureV1", signed -> base64(signed.v1().bytes()))
            .value("signatureV2", signed -> base64(signed.v2().bytes()));
    count(root, "documents", EntityKind.DOCUMENT);
    count(root, "chunks", EntityKind.CHUNK);
    count(root, "embeddings", EntityKind.EMBEDDING);
    count(root, "edges", EntityKind.EDGE);
    FieldsOf.type(code, "Layer", LayerRow.class).fetched("proof", LedgerFields::proof);
  }

  private static void count(FieldsOf<SignedStateRoot> type, String field, EntityKind kind) {
    type.value(field, signed -> signed.root().roots().of(kind).count());
  }

  private static CompletableFuture<RawValue> proof(DataFetchingEnvironment field) {
    LayerRow layer = Objects.requireNonNull(field.<LayerRow>getSource());
    return Batching.<None, ProofBundle>ofLayer(field, PROOFS, NONE)
        .thenApply(found ->
            found.orElseThrow(() ->
                new GermlineException(
                    Fault.NOT_FOUND, "the ledger does not hold " + layer.name() + "; run fsck")))
        .thenApply(bundle -> new RawValue(new String(bundle.toJson(), StandardCharsets.UTF_8)));
  }

  private Connection<SignedStateRoot> roots(DataFetchingEnvironment field) {
    Slice slice = Slice.of(field, settings);
    List<SignedStateRoot> roots = ledger.recordsBefore(before(slice.after()), slice.first() + 1);
    return new Connection<>(
        roots.subList(0, Math.min(slice.first(), roots.size())),
        signed -> Long.toString(signed.root().sequence()),
        roots.size() > slice.first(),
        slice.after() != null);
  }

  private static long before(@Nullable String place) {
    try {
      return place == null ? Long.MAX_VALUE : Long.parseLong(place);
    } catch (NumberFormatException strange) {
      throw new GermlineException(
          Fault.INVALID_REQUEST, "after is the cursor of a state root of an earlier page");
    }
  }

  private static @Nullable String hex(@Nullable Digest digest) {
    return digest == null ? null : digest.toHex();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
