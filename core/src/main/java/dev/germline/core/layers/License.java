package dev.germline.core.layers;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The terms a layer is shared on.
 *
 * @param spdx an SPDX licence expression such as {@code Apache-2.0} or {@code LicenseRef-llama3}
 * @param commercialUse whether the publisher allows it
 * @param attribution the text to show where attribution is asked for
 * @param type which sort of licence it is, where the publisher says
 * @param terms what else holds, in prose of at most 65,536 characters
 * @param uri where the whole licence is
 */
public record License(
    SpdxExpression spdx,
    boolean commercialUse,
    @Nullable String attribution,
    @Nullable Type type,
    @Nullable String terms,
    @Nullable String uri) {
  /** Sorts of licences (specs/genomic-data-architecture.md). */
  public enum Type {
    OPEN_SOURCE,
    COMMERCIAL,
    RESEARCH_ONLY,
    CUSTOM;

    /** The name used in JSON, such as {@code open-source}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public License {
    Check.required("spdx", spdx);
    attribution = Check.optionalText("attribution", attribution, 4096);
    terms = Check.optionalText("terms", terms, 65_536);
    uri = Check.optionalText("uri", uri, 2048);
  }

  /** Terms that the expression says all of. */
  public License(SpdxExpression spdx, boolean commercialUse, @Nullable String attribution) {
    this(spdx, commercialUse, attribution, null, null, null);
  }
}
