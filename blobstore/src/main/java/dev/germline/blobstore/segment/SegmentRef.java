package dev.germline.blobstore.segment;

import dev.germline.core.substrate.Digest;
import java.util.Optional;

/**
 * A segment, as its frames' places name it.
 *
 * @param id BLAKE3 of the object as it is stored
 * @param sealing how it is encrypted; empty: it is not
 */
public record SegmentRef(Digest id, Optional<Sealing> sealing) {}
