package dev.germline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The deployment and the app must mean the same settings. */
class ComposeFileTest {
  private static final Path ROOT = root();
  private static final Path COMPOSE = ROOT.resolve("docker-compose.yml");

  /** Left to the container's defaults or meant for one machine only. */
  private static final Set<String> NOT_FOR_COMPOSE =
      Set.of("GERMLINE_DEV", "GERMLINE_DEVICE_KEY_FILE");

  @Test
  void setsExactlyTheSettingsTheAppReads() throws IOException {
    Set<String> read = new TreeSet<>();
    String application = Files.readString(ROOT.resolve("app/src/main/resources/application.yml"));
    Pattern.compile("\\$\\{(GERMLINE_[A-Z0-9_]+)")
        .matcher(application)
        .results()
        .forEach(match -> read.add(match.group(1)));
    read.removeAll(NOT_FOR_COMPOSE);

    Set<String> set = new TreeSet<>(environment("app").keySet());

    assertThat(set).isEqualTo(read);
  }

  @Test
  void takesEverySecretFromTheExampleEnvironment() throws IOException {
    Set<String> wanted =
        Pattern.compile("\\$\\{([A-Z0-9_]+)")
            .matcher(Files.readString(COMPOSE))
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> offered =
        Files.readAllLines(ROOT.resolve(".env.example")).stream()
            .filter(line -> !line.startsWith("#") && line.contains("="))
            .map(line -> line.substring(0, line.indexOf('=')))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(offered).isEqualTo(wanted);
  }

  @Test
  void pinsEveryImageAndChecksEveryStoresHealth() throws IOException {
    services()
        .forEach((name, service) -> {
          assertThat((String) service.get("image"))
              .as("image of %s", name)
              .containsPattern(":[^:]*[0-9]")
              .doesNotContain("latest");
          if (!name.equals("prometheus")) {
            assertThat(service).as(name).containsKey("healthcheck");
          }
        });
  }

  @Test
  void anOutageOfAStoreDoesNotMakeTheAppUnhealthy() throws IOException {
    assertThat(String.valueOf(services().getOrDefault("app", Map.of()).get("healthcheck")))
        .contains("/health/liveness ");
  }

  @Test
  void isAcceptedByCompose() throws Exception {
    List<String> command = composeCommand();
    assumeTrue(!command.isEmpty(), "neither docker-compose nor docker compose is installed");
    Path env = Files.createTempFile("compose", ".env");
    String example = Files.readString(ROOT.resolve(".env.example"));
    Files.writeString(env, example.replaceAll("(?m)=$", "=something"));
    List<String> arguments =
        List.of("--env-file", env.toString(), "-f", COMPOSE.toString(), "config", "-q");

    Run run = run(concat(command, arguments));

    assertThat(run.exit()).as(run.output()).isZero();
  }

  private static List<String> composeCommand() throws Exception {
    for (List<String> command : List.of(List.of("docker-compose"), List.of("docker", "compose"))) {
      try {
        if (run(concat(command, List.of("version"))).exit() == 0) {
          return command;
        }
      } catch (IOException notInstalled) {
        // The next one may be.
      }
    }
    return List.of();
  }

  private record Run(int exit, String output) {}

  private static Run run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ends", command).isTrue();
    return new Run(process.exitValue(), output);
  }

  private static List<String> concat(List<String> left, List<String> right) {
    return java.util.stream.Stream.concat(left.stream(), right.stream()).toList();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Map<String, Object>> services() throws IOException {
    Map<String, Object> file = new Yaml().load(Files.readString(COMPOSE));
    return (Map<String, Map<String, Object>>) file.getOrDefault("services", Map.of());
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> environment(String service) throws IOException {
    return (Map<String, Object>)
        services().getOrDefault(service, Map.of()).getOrDefault("environment", Map.of());
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docker-compose.yml"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new IllegalStateException(
            "no docker-compose.yml above " + Path.of("").toAbsolutePath());
      }
      folder = parent;
    }
    return folder;
  }
}
