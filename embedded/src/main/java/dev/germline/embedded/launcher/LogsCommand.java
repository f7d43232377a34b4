package dev.germline.embedded.launcher;

import dev.germline.embedded.stores.Part;
import dev.germline.embedded.stores.Trouble;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "logs", description = "Shows the end of the logs.")
final class LogsCommand implements Callable<Integer> {
  private static final int BLOCK = 256 << 10;
  private static final long POLL_MILLIS = 200;

  @Mixin private Main.DataOption data = new Main.DataOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "PART",
      description = "neo4j, mariadb, s3, app, or germline for the supervisor (default: all).")
  private @Nullable String part;

  @Option(names = "-f", description = "Go on with what is written from now on.")
  private boolean follow;

  @Option(
      names = "-n",
      paramLabel = "LINES",
      defaultValue = "20",
      description = "How many lines of each (default: ${DEFAULT-VALUE}).")
  private int lines;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Map<String, Path> logs = logs();
    Map<String, Long> shown = new LinkedHashMap<>();
    for (Map.Entry<String, Path> log : logs.entrySet()) {
      shown.put(log.getKey(), showEnd(log.getKey(), log.getValue()));
    }
    while (follow) {
      Thread.sleep(POLL_MILLIS);
      for (Map.Entry<String, Path> log : logs.entrySet()) {
        long from = shown.getOrDefault(log.getKey(), 0L);
        shown.put(log.getKey(), showNews(log.getKey(), log.getValue(), from));
      }
    }
    return 0;
  }

  private Map<String, Path> logs() {
    Path dir = data.dir().resolve("logs");
    List<String> names = new ArrayList<>(List.of("germline"));
    for (Part each : Part.values()) {
      names.add(each.word());
    }
    if (part != null) {
      if (!names.contains(part)) {
        throw new picocli.CommandLine.ParameterException(
            new picocli.CommandLine(this), "no part is called " + part + "; there are " + names);
      }
      names = List.of(part);
    }
    Map<String, Path> logs = new LinkedHashMap<>();
    names.forEach(name -> logs.put(name, dir.resolve(name + ".log")));
    if (logs.values().stream().noneMatch(Files::exists)) {
      throw new Trouble(Trouble.Kind.CANNOT_WRITE, "no logs in " + dir);
    }
    return logs;
  }

  private long showEnd(String name, Path log) throws IOException {
    if (!Files.exists(log)) {
      return 0;
    }
    long size = Files.size(log);
    List<String> end = read(log, Math.max(0, size - BLOCK), size).lines().toList();
    print(name, end.subList(Math.max(0, end.size() - lines), end.size()));
    return size;
  }

  private long showNews(String name, Path log, long from) throws IOException {
    if (!Files.exists(log)) {
      return 0;
    }
    long size = Files.size(log);
    long begin = size < from ? 0 : from; // smaller: it was rotated
    String news = read(log, begin, Math.min(size, begin + BLOCK));
    int complete = news.lastIndexOf('\n') + 1;
    print(name, news.substring(0, complete).lines().toList());
    return begin + news.substring(0, complete).getBytes(StandardCharsets.ISO_8859_1).length;
  }

  /** Bytes as characters, one for one, so that an offset stays an offset in any encoding. */
  private static String read(Path log, long from, long to) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      byte[] bytes = new byte[(int) (to - from)];
      file.seek(from);
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  private void print(String name, List<String> news) {
    for (String line : news) {
      String text = new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
      System.out.println(part == null ? "%-8s | %s".formatted(name, text) : text);
    }
  }
}
