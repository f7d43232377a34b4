package dev.germline.cli.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Stop;
import dev.germline.cli.server.Json;
import dev.germline.core.GermlineException;
import dev.germline.core.ledger.Verifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;

/** Reads a public key in the forms people keep it in. */
public final class PublicKey {
  private PublicKey() {}

  /**
   * The key: base64 of its 32 bytes, or a file with that, with PEM, with the JSON of {@code
   * germline key --json} or with the bytes themselves.
   *
   * @throws Stop USAGE if it is none of these
   */
  static Verifier read(String given) {
    Path file = file(given);
    if (file == null) {
      return text(given, "--key");
    }
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new Stop(
          ExitCode.LOCAL, "cannot read the key in " + file + ": " + e.getMessage(), null, e);
    }
    if (bytes.length == Verifier.KEY_BYTES) {
      return Verifier.ofRaw(bytes);
    }
    return text(new String(bytes, StandardCharsets.UTF_8).strip(), file.toString());
  }

  /** The key in an answer of the server or in {@code germline key --json}. */
  public static Verifier of(JsonNode answer) {
    return text(answer.path("publicKey").asText(), "the server's answer");
  }

  private static @org.jspecify.annotations.Nullable Path file(String given) {
    try {
      Path path = Path.of(given);
      return Files.isRegularFile(path) ? path : null;
    } catch (InvalidPathException notAPath) {
      return null;
    }
  }

  private static Verifier text(String text, String where) {
    try {
      if (text.startsWith("-----BEGIN")) {
        return Verifier.fromPem(text);
      }
      if (text.startsWith("{")) {
        return of(Json.read(text.getBytes(StandardCharsets.UTF_8)));
      }
      return Verifier.ofRaw(Base64.getDecoder().decode(text));
    } catch (GermlineException | IllegalArgumentException | IOException notAKey) {
      throw new Stop(
          ExitCode.USAGE,
          where + " holds no Ed25519 public key",
          "`germline key -o germline.pub` writes the server's; give that file or its base64",
          notAKey);
    }
  }
}
