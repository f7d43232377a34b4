package dev.germline.app.layers;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a layer takes in the store, as far as its reader may know.
 *
 * @param rawBytes of its files
 * @param distinctBytes of its pieces, each counted once
 * @param storedBytes of the frames of its pieces: own and shared
 * @param ownBytes of frames that no other layer the reader may see has
 * @param sharedBytes of frames that another layer the reader may see has too
 * @param aloneBytes what would have to be kept if there were no other layer: its frames and all
 *     they are coded against. Absent when that belongs to layers the reader may not see
 * @param saved part of rawBytes that storedBytes is less; below 0 if it is more
 * @param depths how many pieces need 0, 1, 2 … others to be decoded
 * @param encodings what its pieces became, the largest first
 */
@Schema(name = "LayerStorage")
record LayerStorage(
    String layer,
    long rawBytes,
    long distinctBytes,
    long storedBytes,
    long ownBytes,
    long sharedBytes,
    @Nullable Long aloneBytes,
    double saved,
    List<Long> depths,
    List<EncodingUse> encodings) {}
