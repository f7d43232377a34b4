package dev.germline.app.metrics;

import static dev.germline.app.http.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.app.TestApp.Answer;
import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.app.layers.Layers;
import dev.germline.core.Fault;
import dev.germline.core.layers.LayerName;
import dev.germline.core.metrics.Period;
import dev.germline.core.substrate.EntityId;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who used which layer, and how long. */
interface UsageContract extends MetricsServer {
  @Test
  default void sessionsAreOpenedEndedRatedAndSummedUp() {
    String layer = layer("used", "public");
    String usage = path(layer) + "/usage";
    Answer opened =
        bob()
            .post(
                usage,
                "{\"sessionId\":\"s:1\",\"startedAt\":\"" + began().minusSeconds(90) + "\"}");
    assertThat(opened.status()).as(opened.text()).isEqualTo(201);
    assertThat(
            bob()
                .post(
                    usage,
                    "{\"sessionId\":\"s:1\",\"startedAt\":\"" + began().minusSeconds(90) + "\"}")
                .status())
        .isEqualTo(200);
    String end = usage + "/" + opened.json().get("id").asText() + "/end";
    String rated =
        "{\"endedAt\":\"%s\",\"performanceRating\":0.5,\"comment\":\"so-so\"}".formatted(began());
    assertProblem(bob().post(end, "{\"performanceRating\":1.5}"), 400, Fault.INVALID_REQUEST);
    assertProblem(
        bob().post(end, "{\"endedAt\":\"" + began().minusSeconds(91) + "\"}"),
        400,
        Fault.INVALID_REQUEST);
    assertProblem(ada().post(end, rated), 404, Fault.SESSION_NOT_FOUND);
    assertThat(bob().post(end, rated).status()).isEqualTo(200);
    assertThat(bob().post(end, rated).json().get("comment").asText()).isEqualTo("so-so");
    assertProblem(bob().post(end, rated.replace("0.5", "0.6")), 409, Fault.SESSION_ENDED);
    assertThat(
            app()
                .as("cy")
                .post(
                    usage,
                    "{\"startedAt\":\"%s\",\"endedAt\":\"%s\",\"performanceRating\":1}"
                        .formatted(began().minusSeconds(30), began()))
                .status())
        .isEqualTo(201);
    assertThat(app().as("cy").post(usage, "{}").status()).isEqualTo(201);

    assertThat(bob().get(usage).json().get("items")).hasSize(1);
    assertThat(app().as("dan").get(usage).json().get("items")).isEmpty();
    List<String> users = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = ada().get(usage + "?limit=1" + cursor).json();
      page.get("items").forEach(item -> users.add(item.get("user").asText()));
      cursor = page.has("nextCursor") ? "&cursor=" + page.get("nextCursor").asText() : "";
    } while (!cursor.isEmpty());
    assertThat(users).containsExactly("cy", "cy", "bob");
    for (Period period : Period.values()) {
      JsonNode items = app().as("dan").get(usage + "/summary?period=" + period).json().get("items");
      long sessions = 0;
      for (JsonNode item : items) {
        sessions += item.get("sessions").asLong();
        if (period != Period.ALL) {
          LocalDate start = LocalDate.parse(item.get("start").asText());
          assertThat(period.start(start)).isEqualTo(start);
          assertThat(start).isAfter(LocalDate.ofInstant(began(), ZoneOffset.UTC).minusDays(40));
        }
      }
      assertThat(sessions).isEqualTo(3);
    }
    JsonNode all = app().as("dan").get(usage + "/summary").json().get("items").get(0);
    assertThat(all.get("users").asInt()).isEqualTo(2);
    assertThat(all.get("meanSeconds").asDouble()).isEqualTo(60);
    assertThat(all.get("ratings").asInt()).isEqualTo(2);
    assertThat(all.get("meanRating").asDouble()).isEqualTo(0.75);
  }

  @Test
  default void theLayersWithMostSessionsLatelyComeFirst() {
    String quiet = layer("quiet", "private");
    String busy = layer("busy", "private");
    String once = layer("once", "private");
    for (int i = 0; i < 3; i++) {
      ada().post(path(busy) + "/usage", "{}");
      // Long ago, which does not count.
      ada()
          .post(
              path(quiet) + "/usage",
              "{\"startedAt\":\"%s\"}"
                  .formatted(began().minus(Duration.ofDays(9)).minusSeconds(i)));
    }
    ada().post(path(once) + "/usage", "{}");
    List<EntityId> most =
        app().bean(Usage.class).mostUsed(began().minus(Duration.ofDays(7)), Integer.MAX_VALUE);
    assertThat(most)
        .filteredOn(List.of(id(quiet), id(busy), id(once))::contains)
        .containsExactly(id(busy), id(once));
  }

  private EntityId id(String layer) {
    return app().bean(Layers.class).row(new Caller("ada", Role.USER), LayerName.parse(layer)).id();
  }
}
