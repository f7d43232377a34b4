package dev.germline.app.graphql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.germline.app.layers.Claiming;
import dev.germline.app.layers.LayerDetail;
import dev.germline.app.layers.Publishing;
import dev.germline.app.layers.Written;
import dev.germline.app.ledger.LedgerReader;
import dev.germline.app.metrics.Measuring;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLCodeRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Objects;

/** What can be changed: the same documents as over REST, by the same services. */
final class ChangeFields implements Fields {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Publishing publishing;
  private final Claiming claiming;
  private final Measuring measuring;
  private final LedgerReader ledger;

  ChangeFields(Publishing publishing, Claiming claiming, Measuring measuring, LedgerReader ledger) {
    this.publishing = publishing;
    this.claiming = claiming;
    this.measuring = measuring;
    this.ledger = ledger;
  }

  /** What came of a change; {@code value} is a layer's row or a claim. */
  private record Change(Object value, boolean fresh, long sequence, boolean projected) {}

  @Override
  public String schema() {
    return "changes.graphqls";
  }

  @Override
  public void wire(GraphQLCodeRegistry.Builder code) {
    FieldsOf.root(code, "Mutation")
        .fetched("publishLayer", this::publish)
        .fetched("stateClaim", this::state)
        .fetched("recordMeasurements", this::measure);
    FieldsOf.type(code, "RecordMeasurementsPayload", Measuring.Taken.class)
        .value("batch", Measuring.Taken::batch)
        .value("measurements", Measuring.Taken::measurements)
        .value("repeated", Measuring.Taken::repeated);
    payload(code, "PublishLayerPayload", "layer");
    payload(code, "StateClaimPayload", "claim");
    FieldsOf.type(code, "StateClaimPayload", Change.class)
        .value(
            "impact",
            change ->
                change.value() instanceof Claiming.Stated stated
                    ? stated.impact().orElse(null)
                    : null);
    FieldsOf.type(code, "StatedClaim", Claiming.Stated.class)
        .value("id", stated -> stated.id().toString())
        .value("kind", stated -> stated.claim().kind().name())
        .value("record", stated -> ClaimFields.record(stated.claim()));
  }

  private static void payload(GraphQLCodeRegistry.Builder code, String type, String value) {
    FieldsOf.type(code, type, Change.class)
        .value(value, Change::value)
        .value("fresh", Change::fresh)
        .value("ledgerSequence", Change::sequence)
        .value("projected", Change::projected);
  }

  private Change publish(DataFetchingEnvironment field) {
    byte[] record = document(field, "record");
    Written<LayerDetail> written = publishing.publish(Asking.caller(field), record);
    return change(written.value().row(), written);
  }

  private Change state(DataFetchingEnvironment field) {
    byte[] record = document(field, "claim");
    Written<Claiming.Stated> written = claiming.state(Asking.caller(field), record);
    return change(written.value(), written);
  }

  private Measuring.Taken measure(DataFetchingEnvironment field) throws IOException {
    byte[] rows = document(field, "measurements");
    return measuring.take(
        Asking.caller(field),
        null,
        new ByteArrayInputStream(rows),
        field.getArgument("idempotencyKey"));
  }

  private Change change(Object value, Written<?> written) {
    return new Change(
        value, written.fresh(), written.sequence(), ledger.awaitVisible(written.sequence()));
  }

  /** A document that is to be taken in. */
  static byte[] document(DataFetchingEnvironment field, String argument) {
    Asking.of(field).writing().set(true);
    try {
      return JSON.writeValueAsBytes(Objects.requireNonNull(field.<Object>getArgument(argument)));
    } catch (JsonProcessingException strange) {
      throw new GermlineException(Fault.MALFORMED_JSON, argument + " is a JSON object", strange);
    }
  }
}
