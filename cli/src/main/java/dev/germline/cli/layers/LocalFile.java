package dev.germline.cli.layers;

import dev.germline.cli.ExitCode;
import dev.germline.cli.Stop;
import dev.germline.cli.terminal.Progress;
import dev.germline.core.layers.FilePath;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.ByteSource;
import dev.germline.core.weights.ContentDigest;
import dev.germline.core.weights.FileSummary;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of this machine and its place in a layer.
 *
 * @param path in the layer
 * @param size in bytes
 */
public record LocalFile(FilePath path, Path file, long size) {
  private static final int BUFFER = 1 << 18;

  /**
   * The files at these paths: a file under its own name, a folder's files under their paths in it.
   * Names that begin with a dot are left out, links are followed.
   *
   * @throws Stop LOCAL for what cannot be read, USAGE for two files of one path
   */
  public static List<LocalFile> at(List<Path> paths) {
    List<LocalFile> files = new ArrayList<>();
    for (Path path : paths) {
      try {
        if (Files.isDirectory(path)) {
          Files.walkFileTree(
              path,
              EnumSet.of(FileVisitOption.FOLLOW_LINKS),
              Integer.MAX_VALUE,
              new Walk(path, files));
        } else {
          files.add(of(path, String.valueOf(path.getFileName())));
        }
      } catch (IOException e) {
        throw unreadable(path, e);
      }
    }
    Map<FilePath, Path> seen = new HashMap<>();
    for (LocalFile file : files) {
      Path other = seen.put(file.path, file.file);
      if (other != null) {
        throw new Stop(
            ExitCode.USAGE,
            other + " and " + file.file + " would both be " + file.path + " in the layer");
      }
    }
    return files;
  }

  private static LocalFile of(Path file, String name) throws IOException {
    long size = Files.size(file);
    if (size == 0) {
      throw new Stop(
          ExitCode.LOCAL,
          file + " is empty",
          "a layer has no empty files; complete it or leave it out");
    }
    return new LocalFile(
        FilePath.parse(Normalizer.normalize(name, Normalizer.Form.NFC)), file, size);
  }

  private static final class Walk extends SimpleFileVisitor<Path> {
    private final Path root;
    private final List<LocalFile> files;

    Walk(Path root, List<LocalFile> files) {
      this.root = root;
      this.files = files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return !folder.equals(root) && hidden(folder)
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (attributes.isRegularFile() && !hidden(file)) {
        List<String> segments = new ArrayList<>();
        root.relativize(file).forEach(segment -> segments.add(segment.toString()));
        files.add(of(file, String.join("/", segments)));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
      if (why instanceof FileSystemLoopException) {
        throw new IOException("it is a link to a folder above itself", why);
      }
      throw why;
    }

    private static boolean hidden(Path path) {
      return String.valueOf(path.getFileName()).startsWith(".");
    }
  }

  /**
   * The file's SHA-256, by which it is uploaded: processors have instructions for it.
   *
   * @throws Stop LOCAL if it cannot be read or changes under way
   */
  ContentDigest sha256(Progress progress) {
    byte[] buffer = new byte[Math.clamp(size, 1, BUFFER)];
    long seen = 0;
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sha256.update(buffer, 0, n);
        seen += n;
        progress.add(n);
      }
      if (seen != size) {
        throw new Stop(
            ExitCode.LOCAL, file + " changes while it is read", "try again when it rests");
      }
      return ContentDigest.sha256(Digest.of(sha256.digest()));
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /**
   * What the file is, checked by the rules of its format.
   *
   * @throws dev.germline.core.GermlineException FILE_INVALID
   */
  FileSummary summary() {
    try (Source source = new Source(FileChannel.open(file), size)) {
      return FileSummary.of(path.value(), source);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  static Stop unreadable(Path file, IOException e) {
    String why =
        e instanceof java.nio.file.NoSuchFileException ? "there is no such file" : e.getMessage();
    return new Stop(ExitCode.LOCAL, "cannot read " + file + ": " + why, null, e);
  }

  /** Reads any part of a file. */
  record Source(FileChannel channel, long size) implements ByteSource, AutoCloseable {
    @Override
    public byte[] read(long offset, int length) throws IOException {
      ByteBuffer buffer = ByteBuffer.allocate(length);
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, offset + buffer.position()) < 0) {
          throw new EOFException("the file has become shorter");
        }
      }
      return buffer.array();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** The PEFT configuration among these files, in the layer's own folder. */
  static @Nullable LocalFile named(List<LocalFile> files, String path) {
    return files.stream().filter(file -> file.path.value().equals(path)).findFirst().orElse(null);
  }
}
