package dev.germline.core.layers;

import org.jspecify.annotations.Nullable;

/**
 * The terms a layer is shared on.
 *
 * @param spdx an SPDX licence expression such as {@code Apache-2.0} or {@code LicenseRef-llama3}
 * @param commercialUse whether the publisher allows it
 * @param attribution the text to show where attribution is asked for
 */
public record License(SpdxExpression spdx, boolean commercialUse, @Nullable String attribution) {
  public License {
    Check.required("spdx", spdx);
    attribution = Check.optionalText("attribution", attribution, 4096);
  }
}
