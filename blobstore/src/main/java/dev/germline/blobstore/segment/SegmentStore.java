package dev.germline.blobstore.segment;

import dev.germline.core.GermlineException;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.Tenant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Segments in one or more replicas. What it reads is not known to be right: who decodes a frame
 * compares the piece's digest, and asks {@link #readFrom replica after replica} when it differs.
 * Thread-safe.
 */
public final class SegmentStore implements AutoCloseable {
  private final SegmentSettings settings;
  private final DataKeys keys;
  private final List<Replica> replicas;
  private final SegmentBuffers buffers;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
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
            .map(cache -> new CachedReads(cache, replication));
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
   * Stored bytes of a range, of one frame or of several, perhaps from the local cache. Asks the
   * replicas in turn, those that failed lately last.
   *
   * @throws GermlineException STORE_UNAVAILABLE when no replica that answers has them, and not all
   *     answer; BLOB_NOT_FOUND when all answer and none has them
   */
  public byte[] read(FramePlace place) {
    return cached.isPresent()
        ? cached.get().read(place)
        : replication.read(place.segment().id(), place.offset(), place.length(), place.length());
  }

  /**
   * Brings ranges into the local cache; does nothing where there is none.
   *
   * @throws GermlineException as {@link #read}
   */
  public void preload(Collection<FramePlace> places) {
    cached.ifPresent(reads -> places.forEach(reads::preload));
  }

  /**
   * A frame out of stored bytes at hand: decrypted, or copied if the segment is not encrypted.
   *
   * @param place of the frame alone
   * @param piece whose frame it is
   * @param bytes hold it from {@code offset} on
   * @throws GermlineException WEIGHT_FRAME_INVALID when the bytes are not those that were stored
   *     (noticed here only if encrypted); KEY_UNAVAILABLE, STORE_UNAVAILABLE
   */
  public byte[] open(FramePlace place, Digest piece, byte[] bytes, int offset) {
    if (place.segment().sealing().isEmpty()) {
      return Arrays.copyOfRange(bytes, offset, offset + place.length());
    }
    Sealing sealing = place.segment().sealing().get();
    return new SegmentCipher(keys.find(sealing.dataKey()), sealing.salt())
        .openFrame(piece, bytes, offset, place.length(), place.offset());
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
    return replicas
        .get(replica)
        .read(place.segment().id(), place.offset(), place.length(), place.length(), true);
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
