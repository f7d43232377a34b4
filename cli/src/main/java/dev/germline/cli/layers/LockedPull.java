package dev.germline.cli.layers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Stop;
import dev.germline.cli.layers.Download.Wanted;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.Retry;
import dev.germline.cli.terminal.Progress;
import dev.germline.cli.terminal.Terminal;
import dev.germline.core.assembly.LockFile;
import dev.germline.core.layers.LayerName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fetches exactly what a lock file pins: each record must hash to what is locked and name exactly
 * the locked files, and each file must hash to what is locked.
 */
final class LockedPull {
  private static final int MOST_BYTES = 8 << 20;

  private final Client client;
  private final Path into;
  private final boolean force;
  private final Withdrawal withdrawal;

  LockedPull(Client client, Path into, boolean force, Withdrawal withdrawal) {
    this.client = client;
    this.into = into;
    this.force = force;
    this.withdrawal = withdrawal;
  }

  /** Reads a lock file of this machine. */
  static LockFile read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new Stop(ExitCode.LOCAL, file + " is too large for a lock file");
      }
      return LockFile.parse(Files.readAllBytes(file));
    } catch (IOException failed) {
      throw new Stop(
          ExitCode.LOCAL, "cannot read " + file + ": " + failed.getMessage(), null, failed);
    }
  }

  /** Where a layer goes. */
  Path folder(LayerName layer) {
    return into.resolve(layer.namespace()).resolve(layer.name() + "@" + layer.version());
  }

  /** Fetches all of it, or nothing if a layer was revoked; the number of bytes it pins. */
  long fetch(LockFile lock, Terminal terminal) {
    Map<LockFile.Locked, List<Wanted>> wanted = new LinkedHashMap<>();
    lock.layers().forEach(layer -> wanted.put(layer, recorded(layer, terminal)));
    long bytes =
        lock.layers().stream()
            .flatMap(layer -> layer.files().stream())
            .mapToLong(LockFile.LockedFile::size)
            .sum();
    try (Progress progress = Progress.of(terminal, "pulling", bytes)) {
      wanted.forEach((layer, files) -> {
        LayerName name = layer.layer().layer();
        Download download =
            new Download(client, name, folder(name), force, withdrawal, Retry.patient());
        Crew.each(files, Crew.TRANSFERS, file -> download.fetch(file, progress));
      });
    }
    return bytes;
  }

  private static LockFile.LockedFile locked(Wanted file) {
    return new LockFile.LockedFile(file.path(), file.size(), file.blake3());
  }

  /** The layer's files by its record, which is the one that was locked, and so are its files. */
  private List<Wanted> recorded(LockFile.Locked layer, Terminal terminal) {
    JsonNode described = client.getPlainly(Client.layer(layer.layer().layer()));
    PullCommand.digest(described, layer.layer());
    withdrawal.check(described, terminal);
    List<Wanted> recorded = PullCommand.files(described.path("record"));
    if (!recorded.stream().map(LockedPull::locked).toList().equals(layer.files())) {
      throw new Stop(
          ExitCode.NOT_VERIFIED,
          "the lock file names other files of " + layer.layer().layer() + " than its record",
          "get the lock file anew: `germline lock`");
    }
    return recorded;
  }
}
