package dev.germline.cli.ledger;

import dev.germline.cli.ExitCode;
import dev.germline.cli.Stop;
import dev.germline.cli.terminal.Progress;
import dev.germline.cli.terminal.Terminal;
import dev.germline.core.layers.LayerFile;
import dev.germline.core.weights.FileDigests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Compares files of this machine with what a proven record says of them. */
public final class FileCheck {
  private static final int BUFFER = 1 << 18;

  /** How a file stands. */
  public enum Standing {
    OK,
    DIFFERS,
    MISSING,
    /** In the folder, and not in the layer. */
    EXTRA
  }

  /**
   * One file.
   *
   * @param path in the layer; of an extra one, in the folder
   * @param details what differs, one line each
   */
  public record Finding(String path, Standing standing, long size, List<String> details) {}

  private final Terminal terminal;

  public FileCheck(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Every file of the layer at its path in the folder, and what else lies there. */
  public List<Finding> folder(List<LayerFile> files, Path folder) {
    List<Pair> pairs =
        files.stream().map(file -> new Pair(file, folder.resolve(file.path().value()))).toList();
    List<Finding> findings = new ArrayList<>(check(pairs));
    Set<Path> known = new HashSet<>();
    pairs.forEach(pair -> known.add(pair.actual.normalize()));
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .filter(path -> !known.contains(path.normalize()))
          .sorted()
          .forEach(path ->
              findings.add(
                  new Finding(folder.relativize(path).toString(), Standing.EXTRA, 0, List.of())));
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
    return findings;
  }

  /** Single files, each matched to the layer's file of the longest common path. */
  List<Finding> files(List<LayerFile> files, List<Path> given) {
    return check(given.stream().map(path -> new Pair(match(files, path), path)).toList());
  }

  private static LayerFile match(List<LayerFile> files, Path given) {
    Path whole = given.toAbsolutePath().normalize();
    List<LayerFile> matching =
        files.stream().filter(file -> whole.endsWith(Path.of(file.path().value()))).toList();
    if (matching.isEmpty()) {
      // Renamed perhaps; with only one file in the layer there is no doubt which it should be.
      matching = files.size() == 1 ? files : matching;
    }
    if (matching.isEmpty()) {
      throw new Stop(
          ExitCode.USAGE,
          "the layer has no file named like " + given,
          "it has: " + String.join(", ", files.stream().map(file -> file.path().value()).toList()));
    }
    return matching.stream()
        .max((a, b) -> Integer.compare(a.path().value().length(), b.path().value().length()))
        .orElseThrow();
  }

  private record Pair(LayerFile expected, Path actual) {}

  private List<Finding> check(List<Pair> pairs) {
    long bytes = 0;
    for (Pair pair : pairs) {
      bytes += size(pair.actual);
    }
    try (Progress progress = Progress.of(terminal, "checking", bytes)) {
      return pairs.stream().map(pair -> check(pair, progress)).toList();
    }
  }

  private static long size(Path path) {
    try {
      return Files.isRegularFile(path) ? Files.size(path) : 0;
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static Finding check(Pair pair, Progress progress) {
    LayerFile expected = pair.expected;
    String path = expected.path().value();
    if (!Files.isRegularFile(pair.actual)) {
      return new Finding(
          path, Standing.MISSING, expected.sizeBytes(), List.of("there is no " + pair.actual));
    }
    List<String> differences =
        OfflineVerification.differences(expected, digests(pair.actual, progress));
    return new Finding(
        path,
        differences.isEmpty() ? Standing.OK : Standing.DIFFERS,
        expected.sizeBytes(),
        differences);
  }

  private static FileDigests.Result digests(Path file, Progress progress) {
    FileDigests digests = new FileDigests(size(file));
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digests.update(buffer, 0, n);
        progress.add(n);
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    return digests.finish();
  }

  private static Stop unreadable(Path path, IOException e) {
    return new Stop(ExitCode.LOCAL, "cannot read " + path + ": " + e.getMessage(), null, e);
  }
}
