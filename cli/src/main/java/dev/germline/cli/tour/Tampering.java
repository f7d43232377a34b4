package dev.germline.cli.tour;

import dev.germline.cli.ExitCode;
import dev.germline.cli.Stop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** A copy of a model's files with one bit of one byte turned over; gone when closed. */
final class Tampering implements AutoCloseable {
  private final Path folder;
  private final Thread cleaner;

  private Tampering(Path folder) {
    this.folder = folder;
    this.cleaner = new Thread(this::delete, "tour-cleaner");
  }

  static Tampering inNewFolder() {
    try {
      Tampering tampering = new Tampering(Files.createTempDirectory("germline-tour-"));
      // Ctrl-C must not leave 130 MB behind.
      Runtime.getRuntime().addShutdownHook(tampering.cleaner);
      return tampering;
    } catch (IOException e) {
      throw new Stop(ExitCode.LOCAL, "cannot make a folder for copies: " + e.getMessage(), null, e);
    }
  }

  Path folder() {
    return folder;
  }

  /** Copies these files into the folder. */
  void copy(List<Path> files) {
    try {
      for (Path file : files) {
        Files.copy(file, folder.resolve(String.valueOf(file.getFileName())));
      }
    } catch (IOException e) {
      throw new Stop(ExitCode.LOCAL, "cannot copy into " + folder + ": " + e.getMessage(), null, e);
    }
  }

  /** Flips the lowest bit of the byte in the middle; returns where that is. */
  long flip(Path file) {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long at = channel.size() / 2;
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, at);
      one.put(0, (byte) (one.get(0) ^ 1)).rewind();
      channel.write(one, at);
      return at;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void delete() {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // It lies in the temporary folder, which the system clears.
    }
  }

  @Override
  public void close() {
    delete();
    try {
      Runtime.getRuntime().removeShutdownHook(cleaner);
    } catch (IllegalStateException shuttingDown) {
      // Then the hook runs once more and finds nothing.
    }
  }
}
