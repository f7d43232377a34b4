package dev.germline.cli.tour;

import dev.germline.cli.ExitCode;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.ServerCommand;
import dev.germline.cli.server.ServerOptions;
import java.nio.file.Path;
import picocli.CommandLine.Command;

@Command(
    name = "tour",
    description = {
      "Does the main job on two real models, step by step.",
      "Pushes them, the second evolved from the first, shows lineage, storage and state root,",
      "verifies the proof offline and catches a flipped byte."
    })
public final class TourCommand extends ServerCommand {
  public TourCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    ServerOptions.Location server = locate();
    // Beside cli/ in the distribution: target/dist/tour.
    Path weights = surroundings().program().resolveSibling("tour");
    Tour tour = new Tour(server, connect(), terminal(), TourModel.both(weights));
    Tour.Result result = tour.run();
    if (json()) {
      print(result.json());
    }
    return result.ok() ? ExitCode.OK : ExitCode.NOT_VERIFIED;
  }
}
