package dev.germline.app.layers;

import dev.germline.app.identity.Caller;
import dev.germline.app.sql.Database;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.Claim;
import dev.germline.core.layers.ClaimJson;
import dev.germline.core.layers.ClaimKind;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.Reply;
import dev.germline.core.layers.Standing;
import dev.germline.core.layers.Statement;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.EntityId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Claims as a caller may see them, with what became of them. A claim that names a layer which the
 * caller may not see does not exist for it. Thread-safe.
 */
public final class StoredClaims {
  private final Database database;
  private final Records records;

  public StoredClaims(Database database, Records records) {
    this.database = database;
    this.records = records;
  }

  /**
   * A claim of the ledger.
   *
   * @param id of its document
   * @param digest of its record
   */
  public record Found(EntityId id, Digest digest, Claim claim) {}

  /**
   * A claim with what became of it.
   *
   * @param replies everything that was replied to it, oldest first
   * @param ledgerSequence of the state root that first carries it
   */
  public record Told(Found found, Standing standing, List<Found> replies, long ledgerSequence) {
    /** Where it stands in a listing. */
    public String place() {
      return new Cursor(ledgerSequence, found.id()).toString();
    }
  }

  /**
   * One page of a listing.
   *
   * @param nextCursor where the next one starts; absent on the last
   */
  public record Page(List<Told> items, @Nullable String nextCursor) {}

  /**
   * Claims that name a layer, as subject or object, newest first.
   *
   * @param kind only of this kind
   * @param current only those that count
   * @param limit from 1 to 500
   * @throws GermlineException LAYER_NOT_FOUND, INVALID_REQUEST
   */
  public Page of(
      Caller caller,
      LayerName name,
      @Nullable ClaimKind kind,
      boolean current,
      int limit,
      @Nullable String cursor) {
    EntityId layer =
        database
            .read(connection -> LayerRows.find(connection, name, caller))
            .orElseThrow(() -> Layers.notFound(name))
            .id();
    return pages(caller, List.of(layer), new Question(kind, current, limit, cursor))
        .getOrDefault(layer, new Page(List.of(), null));
  }

  /**
   * Which claims of a layer are asked for.
   *
   * @param kind only of this kind
   * @param current only those that count
   * @param limit of each layer, from 1 to 500
   * @param cursor the {@link Told#place} of the last of the page before; null for the first
   */
  public record Question(
      @Nullable ClaimKind kind, boolean current, int limit, @Nullable String cursor) {}

  /**
   * As {@link #of} for many layers, in as many statements as for one. Whoever has a {@link
   * LayerRow} was allowed to see it.
   *
   * @return by id; without the layers that have none
   * @throws GermlineException INVALID_REQUEST
   */
  public Map<EntityId, Page> of(Caller caller, Collection<LayerRow> seen, Question question) {
    return pages(caller, seen.stream().map(LayerRow::id).distinct().toList(), question);
  }

  private Map<EntityId, Page> pages(Caller caller, List<EntityId> layers, Question question) {
    int limit = question.limit();
    if (limit < 1 || limit > Layers.MAX_PAGE) {
      throw new GermlineException(
          Fault.INVALID_REQUEST, "limit is from 1 to " + Layers.MAX_PAGE + ", and not " + limit);
    }
    Cursor after = question.cursor() == null ? null : Cursor.parse(question.cursor());
    ClaimKind kind = question.kind();
    ClaimPageRows.Filter filter =
        new ClaimPageRows.Filter(kind == null ? null : kind.name(), question.current(), limit);
    Map<EntityId, List<ClaimRows.Row>> found =
        database.read(connection -> ClaimPageRows.of(connection, layers, filter, after, caller));
    // A claim of two layers is on the page of each.
    List<ClaimRows.Row> all =
        found.values().stream().flatMap(rows -> rows.stream().limit(limit)).distinct().toList();
    Map<EntityId, Told> told = new HashMap<>();
    tell(all).forEach(one -> told.put(one.found().id(), one));
    Map<EntityId, Page> pages = new HashMap<>();
    found.forEach((layer, rows) -> {
      List<Told> items = new ArrayList<>();
      for (ClaimRows.Row row : rows.subList(0, Math.min(limit, rows.size()))) {
        items.add(Objects.requireNonNull(told.get(row.id())));
      }
      String next = rows.size() <= limit ? null : items.getLast().place();
      pages.put(layer, new Page(List.copyOf(items), next));
    });
    return pages;
  }

  /**
   * Claims that count about one layer, of one kind: at most 500, newest first.
   *
   * @throws GermlineException LAYER_NOT_FOUND
   */
  public List<Told> current(Caller caller, LayerName name, ClaimKind kind) {
    return of(caller, name, kind, true, Layers.MAX_PAGE, null).items();
  }

  /**
   * One claim about layers, with its replies.
   *
   * @param claim its id, or BLAKE3 of its record
   * @throws GermlineException CLAIM_NOT_FOUND, INVALID_ID
   */
  public Told get(Caller caller, String claim) {
    EntityId id = id(claim);
    return database
        .read(connection -> ClaimRows.find(connection, id, caller))
        .map(row -> tell(List.of(row)).getFirst())
        .orElseThrow(() -> notFound(claim));
  }

  /**
   * One claim of any kind.
   *
   * @throws GermlineException CLAIM_NOT_FOUND, INVALID_ID
   */
  Found find(Caller caller, String claim) {
    EntityId id = id(claim);
    Digest digest =
        database
            .<Optional<Digest>>read(connection -> {
              Optional<ClaimRows.Row> direct = ClaimRows.find(connection, id, caller);
              if (direct.isPresent()) {
                return direct.map(ClaimRows.Row::digest);
              }
              Optional<ReplyRows.Row> reply = ReplyRows.find(connection, id);
              // A reply to a reply is two steps away from the layers.
              EntityId about = reply.map(ReplyRows.Row::claim).orElse(id);
              EntityId root =
                  ReplyRows.find(connection, about).map(ReplyRows.Row::claim).orElse(about);
              return ClaimRows.find(connection, root, caller).isPresent()
                  ? reply.map(ReplyRows.Row::digest)
                  : Optional.empty();
            })
            .orElseThrow(() -> notFound(claim));
    return found(id, digest);
  }

  /**
   * What was last said of whether a layer is to be used, if anything was. Whoever has a {@link
   * LayerRow} was allowed to see it.
   */
  public Optional<Statement.StatusChange> status(LayerRow layer) {
    return database
        .read(connection -> ClaimRows.status(connection, layer.id()))
        .map(row -> require(row).claim())
        .map(Statement.StatusChange.class::cast);
  }

  /** A claim that a row names, whoever asks. */
  Found require(ClaimRows.Row row) {
    return found(row.id(), row.digest());
  }

  private List<Told> tell(List<ClaimRows.Row> rows) {
    List<ReplyRows.Row> direct =
        database.read(
            connection -> ReplyRows.to(connection, rows.stream().map(ClaimRows.Row::id).toList()));
    List<ReplyRows.Row> nested =
        database.read(connection ->
            ReplyRows.to(
                connection,
                direct.stream().filter(ReplyRows.Row::ended).map(ReplyRows.Row::id).toList()));
    List<ReplyRows.Row> all = new ArrayList<>(direct);
    all.addAll(nested);
    Map<Digest, byte[]> contents =
        records.read(
            Stream.concat(
                    rows.stream().map(ClaimRows.Row::digest),
                    all.stream().map(ReplyRows.Row::digest))
                .toList());
    Map<EntityId, List<ReplyRows.Row>> byClaim =
        all.stream().collect(Collectors.groupingBy(ReplyRows.Row::claim));
    List<Told> told = new ArrayList<>();
    for (ClaimRows.Row row : rows) {
      List<Found> replies = new ArrayList<>();
      collect(row.id(), byClaim, contents, replies);
      Found found = found(row.id(), row.digest(), contents);
      told.add(
          new Told(found, standing(found, replies), List.copyOf(replies), row.ledgerSequence()));
    }
    return List.copyOf(told);
  }

  private static void collect(
      EntityId claim,
      Map<EntityId, List<ReplyRows.Row>> byClaim,
      Map<Digest, byte[]> contents,
      List<Found> into) {
    for (ReplyRows.Row row : byClaim.getOrDefault(claim, List.of())) {
      into.add(found(row.id(), row.digest(), contents));
      collect(row.id(), byClaim, contents, into);
    }
  }

  private static Standing standing(Found found, Collection<Found> replies) {
    return Standing.of(
        found.digest(), replies.stream().map(Found::claim).map(Reply.class::cast).toList());
  }

  private Found found(EntityId id, Digest digest) {
    return new Found(id, digest, ClaimJson.parseStored(records.read(digest)));
  }

  private static Found found(EntityId id, Digest digest, Map<Digest, byte[]> contents) {
    byte[] record = contents.get(digest);
    if (record == null) {
      throw Records.lost(digest);
    }
    return new Found(id, digest, ClaimJson.parseStored(record));
  }

  private static EntityId id(String claim) {
    return claim.length() == 2 * Digest.BYTES
        ? Document.idOf(Digest.parse(claim))
        : EntityId.parse(claim);
  }

  private static GermlineException notFound(String claim) {
    return new GermlineException(Fault.CLAIM_NOT_FOUND, "there is no claim " + claim);
  }
}
