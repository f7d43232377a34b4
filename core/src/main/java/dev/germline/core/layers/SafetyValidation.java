package dev.germline.core.layers;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an examination of a layer's safety came to.
 *
 * @param procedure how it was examined, such as a red-team protocol and its version
 * @param passed whether it may be used as far as this examination goes
 * @param findings what was found, at most 256
 * @param uri where the report is
 */
public record SafetyValidation(
    String procedure, boolean passed, List<String> findings, @Nullable String uri) {
  public SafetyValidation {
    Check.text("procedure", procedure);
    findings = Check.texts("findings", findings, 256, 4096);
    uri = Check.optionalText("uri", uri, 2048);
  }
}
