package dev.germline.core.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerRef;
import dev.germline.core.substrate.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PredictorTest {
  private static Part part(String id, double weight) {
    return new Part(
        id, new LayerRef(LayerName.parse("t/" + id + "@1.0.0"), Digest.of(new byte[32])), weight);
  }

  /**
   * Against a truth that is known: layers have true qualities, are measured with noise, and their
   * assembly is the weighted mean with the gains of synergies and a spread of its own. The 90 %
   * interval must hold the truth about nine times in ten, whether layers were measured often or
   * twice.
   */
  @Test
  void theIntervalHoldsTheTruthNineTimesInTen() {
    for (int count : List.of(2, 5, 50)) {
      Random random = new Random(count);
      int held = 0;
      int rounds = 4000;
      for (int round = 0; round < rounds; round++) {
        int layers = 2 + random.nextInt(4);
        List<Part> parts = new ArrayList<>();
        List<Predictor.Measured> measured = new ArrayList<>();
        double[] weights = new double[layers];
        double[] quality = new double[layers];
        double total = 0;
        for (int i = 0; i < layers; i++) {
          weights[i] = 0.2 + random.nextDouble();
          total += weights[i];
          quality[i] = 0.4 + 0.5 * random.nextDouble();
          parts.add(part("p" + i, weights[i]));
          measured.add(sample("p" + i, quality[i], count, random));
        }
        double strength = random.nextDouble();
        double truth = 0;
        for (int i = 0; i < layers; i++) {
          truth += weights[i] / total * quality[i];
        }
        truth *= 1 + Predictor.GAIN * strength * 2 * weights[0] / total * weights[1] / total;
        truth += random.nextGaussian() * Predictor.MODEL_SPREAD * truth;
        Prediction prediction =
            Predictor.predict(
                    parts,
                    List.of(),
                    measured,
                    List.of(new Predictor.Synergy("p0", "p1", strength)))
                .getFirst();
        held += truth >= prediction.low() && truth <= prediction.high() ? 1 : 0;
      }
      assertThat(held / (double) rounds).as("measured %d times", count).isBetween(0.87, 0.94);
    }
  }

  private static Predictor.Measured sample(String id, double quality, int count, Random random) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      double value = quality * (1 + 0.1 * random.nextGaussian());
      sum += value;
      squares += value * value;
    }
    double mean = sum / count;
    double variance = Math.max(0, (squares - count * mean * mean) / (count - 1));
    return new Predictor.Measured(id, "qa", "accuracy", mean, Math.sqrt(variance), count);
  }

  @Test
  void latenciesAddUpAlongTheSlowestWay() {
    List<Part> parts = List.of(part("a", 1), part("b", 1), part("c", 1), part("d", 1));
    List<Connection> connections =
        List.of(
            new Connection("a", "b", Connection.Type.SEQUENTIAL, 1),
            new Connection("a", "c", Connection.Type.SEQUENTIAL, 1),
            new Connection("b", "d", Connection.Type.MERGE, 1),
            new Connection("c", "d", Connection.Type.MERGE, 1));
    List<Predictor.Measured> measured = new ArrayList<>();
    double[] latencies = {10, 50, 20, 5};
    for (int i = 0; i < 4; i++) {
      measured.add(
          new Predictor.Measured(parts.get(i).id(), "qa", "latency-ms", latencies[i], 1, 100));
    }
    Prediction prediction = Predictor.predict(parts, connections, measured, List.of()).getFirst();
    assertThat(prediction.mean()).isEqualTo(65);
    assertThat(prediction.measured()).isEqualTo(4);
  }

  @Test
  void aSingleLayerIsExpectedToBeAsItWasMeasured() {
    Prediction prediction =
        Predictor.predict(
                List.of(part("a", 0)),
                List.of(),
                List.of(new Predictor.Measured("a", "qa", "accuracy", 0.8, 0.01, 10_000)),
                List.of())
            .getFirst();
    assertThat(prediction.mean()).isEqualTo(0.8);
    assertThat(prediction.high() - prediction.low()).isCloseTo(0, within(0.001));
  }
}
