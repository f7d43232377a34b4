package dev.germline.app.lineage;

import static dev.germline.app.http.ProblemAssert.assertProblem;
import static dev.germline.app.layers.Samples.foundation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.app.TestApp;
import dev.germline.app.TestApp.Answer;
import dev.germline.app.TestApp.As;
import dev.germline.core.Fault;
import dev.germline.embedded.stores.MysqlEndpoint;
import dev.germline.testing.TestStores;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** While Neo4j is away: facts are taken, the registry answers, lineage says why it does not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GraphAwayIT {
  private static final String LAYERS = "/api/v1/layers";

  private TestApp app = TestApp.get();

  @BeforeAll
  void start() {
    MysqlEndpoint own = TestStores.freshMysqlDatabase();
    app =
        TestApp.start(
            Map.of("germline.mysql.url", own.url(), "germline.neo4j.uri", "bolt://127.0.0.1:1"));
  }

  @AfterAll
  void stop() {
    app.close();
  }

  @Test
  void factsAreTakenAndTheRegistryAnswers() {
    As ada = app.as("ada");
    Answer written = ada.post(LAYERS, foundation("away/base@1.0.0").json());
    assertThat(written.status()).as(written.text()).isEqualTo(201);
    assertThat(written.header("ledger-projected")).isEqualTo("false");

    assertThat(ada.get(LAYERS + "/away/base/1.0.0").status()).isEqualTo(200);
    assertThat(ada.get(LAYERS + "/away/base/1.0.0/proof").status()).isEqualTo(200);
    Answer lineage = ada.get(LAYERS + "/away/base/1.0.0/ancestors");
    assertProblem(lineage, 503, Fault.STORE_UNAVAILABLE);
    assertThat(lineage.header("retry-after")).isEqualTo("1");
    assertProblem(
        ada.get(LAYERS, "Ledger-Sequence", String.valueOf(written.header("ledger-sequence"))),
        503,
        Fault.PROJECTION_BEHIND);
  }
}
