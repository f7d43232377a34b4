package dev.germline.embedded.stores;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Small JSON files that are either the old one or the new one, never half of one. */
public final class Json {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private Json() {}

  /** Writes {@code value} as {@code file}, readable by this user only. */
  public static void write(Path file, Object value) throws IOException {
    writePrivate(file, MAPPER.writeValueAsBytes(value));
  }

  /** The value as one JSON document, for standard output. */
  public static String text(Object value) throws IOException {
    return MAPPER.writeValueAsString(value);
  }

  /**
   * Reads {@code file} if it exists.
   *
   * @throws Trouble CORRUPT_DATA if it is not what {@link #write} wrote
   */
  public static <T> Optional<T> read(Path file, Class<T> type) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    byte[] bytes = Files.readAllBytes(file);
    try {
      T value = MAPPER.readValue(bytes, type);
      if (value == null) {
        throw corrupt(file, null);
      }
      return Optional.of(value);
    } catch (JacksonException e) {
      throw corrupt(file, e);
    }
  }

  /** As {@link #read}, but a damaged file counts as none: for what can be found out again. */
  public static <T> Optional<T> readIfWhole(Path file, Class<T> type) throws IOException {
    try {
      return read(file, type);
    } catch (Trouble damaged) {
      return Optional.empty();
    }
  }

  static void writePrivate(Path file, byte[] bytes) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    try (FileChannel out =
        FileChannel.open(
            fresh,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      var buffer = java.nio.ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
      out.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Trouble corrupt(Path file, @org.jspecify.annotations.Nullable Exception cause) {
    String message = file + " is damaged; restore it, or move it away with the data it belongs to";
    return cause == null
        ? new Trouble(Trouble.Kind.CORRUPT_DATA, message)
        : new Trouble(Trouble.Kind.CORRUPT_DATA, message, cause);
  }
}
