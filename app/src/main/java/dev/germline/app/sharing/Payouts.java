package dev.germline.app.sharing;

import dev.germline.app.identity.Caller;
import dev.germline.app.layers.Records;
import dev.germline.app.sql.Database;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.Contribution;
import dev.germline.core.layers.Economics;
import dev.germline.core.layers.Layer;
import dev.germline.core.layers.LayerJson;
import dev.germline.core.sharing.Owed;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityId;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is owed for the use of layers: computed for a month that is over, from the usage sessions
 * and the terms of each layer's record, and written once (docs/sharing.md, "Rewards"). Paying it
 * out is not done here. Thread-safe.
 */
public final class Payouts {
  static final int MAX_PAGE = 500;
  private static final int MAX_OFFSET = 1_000_000;
  private static final int STEP = 200;
  private static final EntityId FIRST = EntityId.of(new byte[EntityId.BYTES]);

  private final Database database;
  private final Records records;
  private final Clock clock;

  public Payouts(Database database, Records records, Clock clock) {
    this.database = database;
    this.records = records;
    this.clock = clock;
  }

  /**
   * What a computation wrote.
   *
   * @param layers for which something is owed now that was not before
   * @param revenue of these, by currency
   */
  record Computed(String month, long layers, Map<String, BigDecimal> revenue) {}

  /**
   * Computes what is owed for a month; what was written before stays as it is.
   *
   * @param month such as {@code 2026-10}, which must be over (UTC)
   * @throws GermlineException INVALID_REQUEST
   */
  Computed compute(String month) {
    YearMonth asked = parse(month);
    if (!asked.isBefore(YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC)))) {
      throw new GermlineException(
          Fault.INVALID_REQUEST, "month " + asked + " is not over yet; give an earlier one");
    }
    long from = asked.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    long until =
        asked.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    Map<String, BigDecimal> revenue = new TreeMap<>();
    long layers = 0;
    EntityId after = FIRST;
    List<PayoutRows.Use> used;
    do {
      EntityId start = after;
      used = database.read(connection -> PayoutRows.use(connection, from, until, start, STEP));
      Map<Digest, byte[]> contents =
          records.read(used.stream().map(PayoutRows.Use::digest).toList());
      for (PayoutRows.Use use : used) {
        byte[] record = contents.get(use.digest());
        if (record != null && write(use, LayerJson.parseStored(record), asked, revenue)) {
          layers++;
        }
        after = use.layer();
      }
    } while (used.size() == STEP);
    return new Computed(asked.toString(), layers, revenue);
  }

  private boolean write(
      PayoutRows.Use use, Layer layer, YearMonth month, Map<String, BigDecimal> total) {
    Economics terms = layer.manifest().sharing().economicModel();
    Economics.Pricing pricing = terms == null ? null : terms.pricing();
    if (terms == null || pricing == null) {
      return false;
    }
    BigDecimal revenue = Owed.revenue(pricing, use.sessions(), use.seconds());
    String currency = pricing.price().currency();
    boolean written =
        database.transact(connection -> {
          if (PayoutRows.written(connection, use.layer(), month.toString())) {
            return false;
          }
          List<Contribution> declared = layer.manifest().provenance().contributions();
          List<Contribution> contributions =
              declared.isEmpty() ? SubmissionRows.accepted(connection, use.layer()) : declared;
          List<Owed> owed =
              Owed.divide(revenue, terms, contributions, layer.manifest().provenance().creator());
          PayoutRows.insert(
              connection, use, month.toString(), owed, revenue, currency, clock.instant());
          return !owed.isEmpty();
        });
    if (written) {
      total.merge(currency, revenue, BigDecimal::add);
    }
    return written;
  }

  /**
   * What the caller is owed for a month; what anybody is, for an admin.
   *
   * @param recipient absent: the caller itself, for an admin everybody
   * @throws GermlineException FORBIDDEN for another's; INVALID_REQUEST
   */
  List<PayoutRows.Row> owed(
      Caller caller, String month, @Nullable String recipient, int offset, int limit) {
    String asked = parse(month).toString();
    if (limit < 1 || limit > MAX_PAGE || offset < 0 || offset > MAX_OFFSET) {
      throw new GermlineException(
          Fault.INVALID_REQUEST,
          "limit is from 1 to %d and offset from 0 to %d".formatted(MAX_PAGE, MAX_OFFSET));
    }
    if (!caller.admin() && recipient != null && !recipient.equals(caller.name())) {
      throw new GermlineException(Fault.FORBIDDEN, "what others are owed is for admins to see");
    }
    String whose = recipient == null && !caller.admin() ? caller.name() : recipient;
    return database.read(
        connection -> PayoutRows.owed(connection, asked, whose, offset, limit, caller));
  }

  private static YearMonth parse(String month) {
    try {
      return YearMonth.parse(month);
    } catch (DateTimeParseException notOne) {
      throw new GermlineException(
          Fault.INVALID_REQUEST, "month is given as 2026-10, and not as that", notOne);
    }
  }
}
