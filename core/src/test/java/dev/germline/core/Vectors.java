package dev.germline.core;

import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Conformance vectors: official ones beside the repository, the project's own in its resources. */
public final class Vectors {
  private Vectors() {}

  /** A file of the project's own vectors; changing one needs an ADR. */
  public static JsonNode own(String file) {
    try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + file)) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file of {@code shared/vectors}, or the test that asks is skipped and says why. */
  public static JsonNode read(String file) {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path found = at.resolve("shared/vectors").resolve(file);
      if (Files.exists(found)) {
        try {
          return new ObjectMapper().readTree(found.toFile());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    String why = "skipped: no shared/vectors/" + file + " beside the repository or above it";
    System.out.println(why);
    return abort(why);
  }
}
