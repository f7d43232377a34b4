package dev.germline.core.weights;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.util.regex.Pattern;

/**
 * The id git gives a file's bytes: SHA-1 of {@code "blob " size NUL bytes}, as 40 lower-case hex
 * digits. Kept because Hugging Face clients compare it; nothing here trusts it.
 */
public record GitBlobId(String hex) {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{40}");

  public GitBlobId {
    if (!HEX.matcher(hex).matches()) {
      throw new GermlineException(
          Fault.INVALID_ID,
          "git blob id " + FileFault.show(hex) + " is not 40 lower-case hex digits of SHA-1");
    }
  }

  /**
   * Same as the constructor, for the edge of the program.
   *
   * @throws GermlineException INVALID_ID
   */
  public static GitBlobId parse(String text) {
    return new GitBlobId(text);
  }

  @Override
  public String toString() {
    return hex;
  }
}
