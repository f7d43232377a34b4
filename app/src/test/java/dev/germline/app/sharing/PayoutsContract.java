package dev.germline.app.sharing;

import static dev.germline.app.http.ProblemAssert.assertProblem;
import static dev.germline.app.layers.Samples.foundation;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.app.TestApp.Answer;
import dev.germline.app.TestApp.As;
import dev.germline.app.sql.Database;
import dev.germline.core.Fault;
import dev.germline.core.substrate.EntityId;
import java.sql.PreparedStatement;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is owed for use. */
interface PayoutsContract extends SharingServer {
  @Test
  default void useIsPaidForOnceByTheTermsOfTheRecord() {
    String terms =
        "\"public\",\"economicModel\":{\"pricing\":{\"unit\":\"session\","
            + "\"price\":{\"amount\":\"0.10\",\"currency\":\"USD\"}},"
            + "\"revenueSharing\":[{\"recipient\":\"ada\",\"share\":\"0.9\"},"
            + "{\"recipient\":\"house\",\"share\":\"0.1\"}],"
            + "\"contributorRewards\":{\"pool\":\"0.5\",\"basis\":\"equal\"}}";
    String json =
        foundation(ns() + "/paid@1.0.0")
            .json()
            .replace("\"visibility\":\"public\"", "\"visibility\":" + terms)
            .replace(
                "\"method\":\"training\"",
                "\"method\":\"training\",\"contributions\":["
                    + "{\"contributor\":\"bob\",\"role\":\"data\"},"
                    + "{\"contributor\":\"cy\",\"role\":\"data\"},"
                    + "{\"contributor\":\"dee\",\"role\":\"data\"}]");
    Answer published = ada().post(LAYERS, json);
    assertThat(published.status()).as(published.text()).isEqualTo(201);
    YearMonth month = YearMonth.now(ZoneOffset.UTC).minusMonths(1);
    use(published.json().get("id").asText(), month.atDay(3), 10);

    assertProblem(ada().post("/api/v1/payouts?month=" + month, ""), 403, Fault.FORBIDDEN);
    assertProblem(
        admin().post("/api/v1/payouts?month=" + month.plusMonths(1), ""),
        400,
        Fault.INVALID_REQUEST);
    Answer computed = admin().post("/api/v1/payouts?month=" + month, "");
    assertThat(computed.status()).as(computed.text()).isEqualTo(200);
    assertThat(admin().post("/api/v1/payouts?month=" + month, "").json().get("layers").asInt())
        .isZero();

    String layer = ns() + "/paid@1.0.0";
    assertThat(owed(ada(), month, layer)).containsExactly("ada revenue 0.450000000 USD");
    assertThat(owed(admin(), month, layer))
        .containsExactly(
            "ada revenue 0.450000000 USD",
            "bob contribution 0.166666667 USD",
            "cy contribution 0.166666667 USD",
            "dee contribution 0.166666666 USD",
            "house revenue 0.050000000 USD");
    assertProblem(ada().get("/api/v1/payouts?recipient=bob&month=" + month), 403, Fault.FORBIDDEN);
  }

  private void use(String layer, LocalDate day, int sessions) {
    long at = day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    app()
        .bean(Database.class)
        .transact(connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO layer_usage (layer_id, user_id, session_id, started_at, ended_at)"
                      + " VALUES (?, ?, ?, ?, ?)")) {
            for (int i = 0; i < sessions; i++) {
              insert.setBytes(1, EntityId.parse(layer).bytes());
              insert.setString(2, "eve");
              insert.setString(3, "s" + i);
              insert.setLong(4, at + i);
              insert.setLong(5, at + 1000);
              insert.addBatch();
            }
            return insert.executeBatch().length;
          }
        });
  }

  private static List<String> owed(As caller, YearMonth month, String layer) {
    List<String> owed = new ArrayList<>();
    for (JsonNode item :
        caller.get("/api/v1/payouts?limit=500&month=" + month).json().get("items")) {
      if (item.path("layer").asText().equals(layer)) {
        owed.add(
            "%s %s %s %s"
                .formatted(
                    item.get("recipient").asText(),
                    item.get("reason").asText(),
                    item.get("amount").asText(),
                    item.get("currency").asText()));
      }
    }
    return owed;
  }
}
