package dev.germline.blobstore.segment;

import dev.germline.core.GermlineException;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.Tenant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Segments in one or more replicas. What it reads is not known to be right: who decodes a frame
 * compares the piece's digest, and asks {@link #readFrom replica after replica} when it differs.
 * Thread-safe.
 */
public final class SegmentStore implements AutoCloseable {
  private static final int SPARE = 4;
  private static final int LONGEST_SPARE = 8 << 20;

  private final SegmentSettings settings;
  private final DataKeys keys;
  private final List<Replica> replicas;
  private final SegmentBuffers buffers;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final SpareArrays spare = new SpareArrays(SPARE, LONGEST_SPARE);
  private final Replication replication;
  private final Optional<CachedReads> cached;

  /** Connects when first used. */
  public SegmentStore(SegmentSettings settings, DataKeys keys) {
    this.settings = settings;
    this.keys = keys;
    this.replicas = settings.replicas().stream().map(Replica::new).toList();
    this.buffers =
        new SegmentBuffers(
            SegmentWriter.capacity(settings.target()), settings.buffers(), settings.bufferWait());
    this.replication = new Replication(replicas, settings.writeQuorum(), executor);
    this.cached =
        settings
            .cache()
            .map(local -> new FrameCache(local.directory(), local.maxBytes()))
            .map(cache -> new CachedReads(cache, replication, spare));
  }

  /**
   * Begins a segment.
   *
   * @throws GermlineException KEY_UNAVAILABLE, STORE_UNAVAILABLE when it is to be encrypted and
   *     there is no key to be had
   */
  public SegmentWriter begin(Tenant tenant) {
    return new SegmentWriter(buffers.take(), settings.target(), keys.forNewSegments(tenant));
  }

  /**
   * Stores a segment in as many replicas as the quorum demands, and in the others soon, if they
   * can.
   *
   * @throws GermlineException STORE_UNAVAILABLE when fewer take it; some may have it then
   */
  public void put(Segment segment) {
    replication.put(segment);
  }

  /**
   * Keeps a segment that was just put in the local cache: what was pushed is often what is pulled
   * next. Does nothing where there is none.
   */
  public void keep(Segment segment) {
    cached.ifPresent(reads -> reads.keep(segment));
  }

  /**
   * Stored bytes of a range, of one frame or of several, perhaps from the local cache. Asks the
   * replicas in turn, those that failed lately last.
   *
   * @throws GermlineException STORE_UNAVAILABLE when no replica that answers has them, and not all
   *     answer; BLOB_NOT_FOUND when all answer and none has them
   */
  public byte[] read(FramePlace place) {
    byte[] bytes = new byte[place.length()];
    read(place, bytes, 0);
    return bytes;
  }

  /** As {@link #read(FramePlace)}, into an array that has room from {@code at} on. */
  public void read(FramePlace place, byte[] into, int at) {
    Objects.checkFromIndexSize(at, place.length(), into.length);
    if (cached.isPresent()) {
      cached.get().read(place, into, at);
    } else {
      int length = place.length();
      replication.read(place.segment().id(), place.offset(), length, length, into, at);
    }
  }

  /** Whether there is a local cache, which what is read comes into. */
  public boolean caches() {
    return cached.isPresent();
  }

  /** Arrays for {@link #read(FramePlace, byte[], int)}. */
  public SpareArrays spareArrays() {
    return spare;
  }

  /**
   * A frame.
   *
   * @param bytes hold it from {@code offset} on; only to be read
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared; it lives for one read
  public record Frame(byte[] bytes, int offset, int length) {}

  /**
   * A frame out of stored bytes at hand: decrypted, or where it lies if the segment is not
   * encrypted.
   *
   * @param place of the frame alone
   * @param piece whose frame it is
   * @param bytes hold it from {@code offset} on
   * @throws GermlineException WEIGHT_FRAME_INVALID when the bytes are not those that were stored
   *     (noticed here only if encrypted); KEY_UNAVAILABLE, STORE_UNAVAILABLE
   */
  public Frame open(FramePlace place, Digest piece, byte[] bytes, int offset) {
    Objects.checkFromIndexSize(offset, place.length(), bytes.length);
    if (place.segment().sealing().isEmpty()) {
      return new Frame(bytes, offset, place.length());
    }
    Sealing sealing = place.segment().sealing().get();
    byte[] plain =
        new SegmentCipher(keys.find(sealing.dataKey()), sealing.salt())
            .openFrame(piece, bytes, offset, place.length(), place.offset());
    return new Frame(plain, 0, plain.length);
  }

  List<Replica> all() {
    return replicas;
  }

  /** How many replicas there are. */
  public int replicas() {
    return replicas.size();
  }

  /**
   * The stored bytes as one replica has them now, past the cache, which forgets what it has of
   * them: for who found them wrong.
   *
   * @param replica from 0
   * @return empty when it lacks them
   * @throws GermlineException STORE_UNAVAILABLE when it does not answer
   */
  public Optional<byte[]> readFrom(int replica, FramePlace place) {
    cached.ifPresent(reads -> reads.drop(place));
    byte[] bytes = new byte[place.length()];
    OptionalInt read =
        replicas
            .get(replica)
            .read(place.segment().id(), place.offset(), bytes.length, bytes.length, true, bytes, 0);
    return read.isPresent() ? Optional.of(bytes) : Optional.empty();
  }

  /**
   * Removes a segment from every replica; nothing happens where it is not.
   *
   * @throws GermlineException STORE_UNAVAILABLE when a replica does not answer
   */
  public void delete(Digest segment) {
    replication.delete(segment);
  }

  /** For work that waits for the store: each task on a virtual thread. */
  public Executor executor() {
    return executor;
  }

  /** Waits for what is being stored. */
  @Override
  public void close() {
    executor.close();
    replicas.forEach(Replica::close);
  }
}
