package dev.germline.embedded.launcher;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.germline.embedded.launcher.State.PartState;
import dev.germline.embedded.stores.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "status",
    description = "Says what runs and where; exit code 0 when up, 3 when not.")
final class StatusCommand implements Callable<Integer> {
  private static final int NOT_UP = 3;

  @Mixin private Main.DataOption data = new Main.DataOption();

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Report(
      boolean up,
      String data,
      State.@Nullable Phase phase,
      @Nullable Long pid,
      List<PartState> parts) {}

  @Override
  public Integer call() throws IOException {
    Path dir = data.dir();
    Optional<State> state = State.running(dir);
    boolean up = state.isPresent() && state.get().phase() == State.Phase.READY;
    if (json) {
      System.out.println(
          Json.text(
              new Report(
                  up,
                  dir.toString(),
                  state.map(State::phase).orElse(null),
                  state.map(running -> running.supervisor().pid()).orElse(null),
                  state.map(State::parts).orElse(List.of()))));
    } else {
      System.out.println(
          "Germline on %s: %s"
              .formatted(
                  dir,
                  state
                      .map(running -> running.phase().name().toLowerCase(Locale.ROOT))
                      .orElse("not running")));
      state.map(State::parts).orElse(List.of()).forEach(StatusCommand::print);
      if (up) {
        System.out.println("  " + BrowserHint.of(dir));
      }
    }
    return up ? 0 : NOT_UP;
  }

  private static void print(PartState part) {
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(Locale.ROOT, "  %-9s %-42s %s", part.part(), part.url(), part.state()));
    if (part.pid() != null) {
      line.append(", process ").append(part.pid());
    }
    if (part.readySeconds() != null) {
      line.append(String.format(Locale.ROOT, ", ready in %.1f s", part.readySeconds()));
    }
    if (part.restarts() > 0) {
      line.append(", restarted ").append(part.restarts()).append(" times");
    }
    System.out.println(line);
  }
}
