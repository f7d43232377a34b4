package dev.germline.core.ledger;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.cbor.CborMap;
import dev.germline.core.cbor.CborReader;
import dev.germline.core.cbor.CborWriter;
import dev.germline.core.substrate.Chunk;
import dev.germline.core.substrate.DeviceId;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.Edge;
import dev.germline.core.substrate.EdgeKey;
import dev.germline.core.substrate.Embedding;
import dev.germline.core.substrate.Entity;
import dev.germline.core.substrate.EntityCodec;
import dev.germline.core.substrate.EntityId;
import dev.germline.core.substrate.EntityKind;
import dev.germline.core.substrate.UnknownFields;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A CognitiveDiff as deterministic CBOR (RFC 8949 section 4.2.1) in one zstd frame. Decoding trusts
 * no size it is told: memory grows with what has really been read and stops at the limits.
 */
public final class DiffCodec {
  private static final int LEVEL = 3;

  /** Windows up to 8 MiB: what zstd uses up to level 19. */
  private static final int MAX_WINDOW_LOG = 23;

  private static final int PIECE = 1 << 16;

  private static final Set<String> FIELDS =
      Set.of(
          "documents",
          "chunks",
          "embeddings",
          "edges",
          "removed_documents",
          "removed_chunks",
          "removed_embeddings",
          "removed_edges",
          "prev_root",
          "new_root",
          "timestamp",
          "device_id",
          "sequence");

  private DiffCodec() {}

  /**
   * What a decoder takes at most.
   *
   * @param compressedBytes of the frame
   * @param bytes of the CBOR in it
   * @param items in any one list
   */
  public record Limits(int compressedBytes, int bytes, int items) {
    /** 64 MiB of CBOR, one million of each. */
    public static final Limits DEFAULT = new Limits(64 << 20, 64 << 20, 1_000_000);
  }

  /** The CBOR in a zstd frame. */
  public static byte[] encode(CognitiveDiff diff) {
    return Zstd.compress(toCbor(diff), LEVEL);
  }

  /** The CBOR alone, which for one diff is always the same. */
  public static byte[] toCbor(CognitiveDiff diff) {
    CborMap map =
        new CborMap()
            .put("documents", entities(diff.documents()))
            .put("chunks", entities(diff.chunks()))
            .put("embeddings", entities(diff.embeddings()))
            .put("edges", entities(diff.edges()))
            .put("removed_documents", ids(diff.removedDocuments()))
            .put("removed_chunks", ids(diff.removedChunks()))
            .put("removed_embeddings", ids(diff.removedEmbeddings()))
            .put("removed_edges", edgeKeys(diff.removedEdges()))
            .put("prev_root", diff.prevRoot().bytes())
            .put("new_root", diff.newRoot().bytes())
            .put("timestamp", diff.timestampMillis())
            .put("device_id", diff.deviceId().bytes())
            .put("sequence", diff.sequence());
    for (UnknownFields.Field field : diff.unknown().fields()) {
      map.putEncoded(field.key(), field.value());
    }
    return map.toBytes();
  }

  private static CborWriter entities(List<? extends Entity> entities) {
    CborWriter out = new CborWriter().array(entities.size());
    entities.forEach(entity -> out.raw(EntityCodec.encode(entity)));
    return out;
  }

  private static CborWriter ids(List<EntityId> ids) {
    CborWriter out = new CborWriter().array(ids.size());
    ids.forEach(id -> out.bytes(id.bytes()));
    return out;
  }

  private static CborWriter edgeKeys(List<EdgeKey> keys) {
    CborWriter out = new CborWriter().array(keys.size());
    for (EdgeKey key : keys) {
      out.array(3).bytes(key.source().bytes()).bytes(key.target().bytes());
      out.raw(EntityCodec.writeKind(key.kind()).toBytes());
    }
    return out;
  }

  /** Decodes within {@link Limits#DEFAULT}. */
  public static CognitiveDiff decode(byte[] frame) {
    return decode(frame, Limits.DEFAULT);
  }

  /**
   * Reads one frame with one diff and nothing after either.
   *
   * @throws GermlineException MALFORMED_DIFF, LIMIT_EXCEEDED, or INVALID_ENTITY and its like if an
   *     entity contradicts CP-001
   */
  public static CognitiveDiff decode(byte[] frame, Limits limits) {
    return fromCbor(decompress(frame, limits), limits);
  }

  private static byte[] decompress(byte[] frame, Limits limits) {
    if (frame.length > limits.compressedBytes()) {
      throw tooLarge("a compressed diff", frame.length, limits.compressedBytes());
    }
    long stated = statedSize(frame);
    if (stated > limits.bytes()) {
      throw tooLarge("a diff", stated, limits.bytes());
    }
    byte[] out = new byte[(int) Math.min(stated, PIECE)];
    int size = 0;
    try (var in = new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(frame))) {
      in.setLongMax(MAX_WINDOW_LOG);
      while (size < stated) {
        if (size == out.length) {
          out = Arrays.copyOf(out, (int) Math.min(stated, 2L * out.length));
        }
        int n = in.read(out, size, out.length - size);
        if (n < 0) {
          throw malformed("the frame ends after " + size + " of " + stated + " bytes");
        }
        size += n;
      }
      if (in.read() >= 0) {
        throw malformed("the frame holds more than it states");
      }
      return out;
    } catch (IOException notZstd) {
      throw new GermlineException(
          Fault.MALFORMED_DIFF, "the frame does not decompress: " + notZstd.getMessage(), notZstd);
    }
  }

  /** What the one frame says its content has; reads the heads of its blocks only. */
  private static long statedSize(byte[] frame) {
    try {
      long stated = frame.length == 0 ? -1 : Zstd.getFrameContentSize(frame);
      if (stated > 0 && Zstd.findFrameCompressedSize(frame) == frame.length) {
        return stated;
      }
    } catch (ZstdException truncated) {
      throw malformed("no whole zstd frame: " + truncated.getMessage());
    }
    throw malformed("a diff is one zstd frame that states its size");
  }

  /** Reads the CBOR of one diff; fails like {@link #decode}. */
  public static CognitiveDiff fromCbor(byte[] cbor, Limits limits) {
    if (cbor.length > limits.bytes()) {
      throw tooLarge("a diff", cbor.length, limits.bytes());
    }
    CborReader in = new CborReader(cbor);
    EntityCodec.Fields f = EntityCodec.readMap(in, FIELDS);
    in.end();
    int items = limits.items();
    return new CognitiveDiff(
        entities(f, "documents", EntityKind.DOCUMENT, Document.class, items),
        entities(f, "chunks", EntityKind.CHUNK, Chunk.class, items),
        entities(f, "embeddings", EntityKind.EMBEDDING, Embedding.class, items),
        entities(f, "edges", EntityKind.EDGE, Edge.class, items),
        list(f.get("removed_documents"), items, DiffCodec::id),
        list(f.get("removed_chunks"), items, DiffCodec::id),
        list(f.get("removed_embeddings"), items, DiffCodec::id),
        list(f.get("removed_edges"), items, DiffCodec::edgeKey),
        Digest.of(f.get("prev_root").fixed(Digest.BYTES)),
        Digest.of(f.get("new_root").fixed(Digest.BYTES)),
        f.get("timestamp").integer(),
        DeviceId.of(f.get("device_id").fixed(EntityId.BYTES)),
        f.get("sequence").integer(),
        f.unknown());
  }

  private static <E extends Entity> List<E> entities(
      EntityCodec.Fields fields, String name, EntityKind kind, Class<E> type, int limit) {
    return list(fields.get(name), limit, in -> type.cast(EntityCodec.read(kind, in)));
  }

  private static <T> List<T> list(CborReader in, int limit, Function<CborReader, T> item) {
    int count = in.array(limit);
    List<T> out = new ArrayList<>(); // grows with what is read, not with what is stated
    for (int i = 0; i < count; i++) {
      out.add(item.apply(in));
    }
    return out;
  }

  private static EntityId id(CborReader in) {
    return EntityId.of(in.fixed(EntityId.BYTES));
  }

  private static EdgeKey edgeKey(CborReader in) {
    if (in.array(3) != 3) {
      throw malformed("a removed edge is source, target and kind");
    }
    return new EdgeKey(id(in), id(in), EntityCodec.readKind(in));
  }

  private static GermlineException malformed(String what) {
    return new GermlineException(Fault.MALFORMED_DIFF, what);
  }

  private static GermlineException tooLarge(String what, long size, int limit) {
    return new GermlineException(
        Fault.LIMIT_EXCEEDED, "%s has %d bytes, at most %d".formatted(what, size, limit));
  }
}
