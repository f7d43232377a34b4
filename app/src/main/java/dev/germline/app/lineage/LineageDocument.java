package dev.germline.app.lineage;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.stream.Stream;

/**
 * A lineage as text, sent while it is made.
 *
 * @param parts one after the other, to be read once
 */
@Schema(type = "string", format = "binary")
record LineageDocument(Stream<String> parts) {}
