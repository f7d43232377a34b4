package dev.germline.blobstore.encoding;

import dev.germline.blobstore.encoding.FrameHeader.Choice;
import dev.germline.blobstore.encoding.Transform.Obstacle;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how a piece is written by trying the ways on 64 KiB of it and adding up what its planes
 * would take. Owns 128 KiB for the samples; not thread-safe.
 */
final class Chooser {
  private static final int SLICES = 8;
  private static final int SLICE = 8 << 10;
  private static final int SAMPLE = SLICES * SLICE;

  /** A search for repetition costs more than counting bytes: floats are tried on less. */
  private static final int SEARCHED = 2 * SLICE;

  /** Below this there is nothing to gain. */
  private static final int MIN_BYTES = 64;

  /** Fewer elements do not fill their buckets. */
  private static final int MIN_BUCKETED = 4096;

  /** What a way must take at most, relative to the one that is simpler to read. */
  private static final double PLANES_OVER_RAW = 0.985;

  private static final double ZSTD_OVER_PLANES = 0.97;
  private static final double DELTA_OVER_NONE = 0.95;
  private static final double BUCKETS_OVER_DELTA = 0.98;

  /** Header, kind and length of a coded stream, and zstd's own. */
  private static final int STREAM_OVERHEAD = 16;

  private final byte[] sample = new byte[SAMPLE];
  private final byte[] baseSample = new byte[SAMPLE];
  private final Entropy entropy = new Entropy();
  private final Transform transform;
  private final Streams streams;

  Chooser(Transform transform, Streams streams) {
    this.transform = transform;
    this.streams = streams;
  }

  /**
   * The way that looks smallest, unless a simpler one comes close.
   *
   * @param narrowable what the piece may be narrowed to, as far as is known
   * @param baseNarrowable what the base may be narrowed to
   */
  Choice choose(
      ElementType type,
      byte[] raw,
      int offset,
      int length,
      byte @Nullable [] base,
      int baseOffset,
      Set<Narrowing> narrowable,
      Set<Narrowing> baseNarrowable) {
    if (length < MIN_BYTES) {
      return Choice.RAW;
    }
    int taken = slices(raw, offset, length, sample);
    int elements = taken / type.width();
    double scale = (double) length / taken;

    Choice best = Choice.RAW;
    double bestCost = length;
    Narrowing narrowing = narrowing(type, elements, narrowable);
    Choice planes = new Choice(Layout.PLANES, narrowing, false);
    double cost = cost(planes, type, elements, scale, false);
    if (cost < PLANES_OVER_RAW * bestCost) {
      best = planes;
      bestCost = cost;
    }
    int searched = type.signedMagnitude() ? Math.min(taken, SEARCHED) : taken;
    cost = (double) streams.trySearch(sample, 0, searched) / searched * length;
    if (cost < ZSTD_OVER_PLANES * bestCost) {
      best = new Choice(Layout.ZSTD, Narrowing.NONE, false);
      bestCost = cost;
    }
    if (base == null) {
      return best;
    }
    slices(base, baseOffset, length, baseSample);
    boolean both = baseNarrowable.contains(narrowing);
    Choice delta = new Choice(Layout.PLANES, both ? narrowing : Narrowing.NONE, true);
    double deltaCost = cost(delta, type, elements, scale, true);
    if (deltaCost == Double.MAX_VALUE) { // the base does not narrow
      delta = new Choice(Layout.PLANES, Narrowing.NONE, true);
      deltaCost = cost(delta, type, elements, scale, true);
    }
    if (delta.laneType(type).hasBuckets() && length / type.width() >= MIN_BUCKETED) {
      Choice buckets = new Choice(Layout.BUCKETS, delta.narrowing(), true);
      cost = cost(buckets, type, elements, scale, true);
      if (cost < BUCKETS_OVER_DELTA * deltaCost) {
        delta = buckets;
        deltaCost = cost;
      }
    }
    return deltaCost < DELTA_OVER_NONE * bestCost ? delta : best;
  }

  /** The first type that holds the sample's values. */
  private Narrowing narrowing(ElementType type, int elements, Set<Narrowing> narrowable) {
    if (type == ElementType.F32) {
      for (Narrowing narrowing : narrowable) {
        Choice choice = new Choice(Layout.PLANES, narrowing, false);
        if (narrowing != Narrowing.NONE
            && transform.apply(choice, type, sample, 0, elements, null, 0) == Obstacle.NONE) {
          return narrowing;
        }
      }
    }
    return Narrowing.NONE;
  }

  /** Bytes a whole piece would take. */
  private double cost(
      Choice choice, ElementType type, int elements, double scale, boolean withBase) {
    byte[] base = withBase ? baseSample : null;
    if (transform.apply(choice, type, sample, 0, elements, base, 0) != Obstacle.NONE) {
      return Double.MAX_VALUE;
    }
    byte[] planes = transform.planes();
    double cost = FrameHeader.BYTES;
    for (int plane = 0; plane < choice.laneType(type).width(); plane++) {
      int at = plane * elements;
      if (choice.layout() == Layout.BUCKETS) {
        Buckets buckets = transform.buckets();
        for (int b = 0; b < buckets.count(); b++) {
          cost += streamCost(planes, at, buckets.size(b), scale);
          at += buckets.size(b);
        }
      } else {
        cost += streamCost(planes, at, elements, scale);
      }
    }
    return cost;
  }

  private double streamCost(byte[] planes, int at, int length, double scale) {
    double bits = entropy.all(planes, at, length);
    if (bits >= Entropy.INCOMPRESSIBLE) {
      return length * scale;
    }
    int distinct = entropy.distinct();
    int table = distinct <= 1 ? 0 : STREAM_OVERHEAD + distinct / 2;
    return Math.min(bits / 8 * length * scale + table, length * scale);
  }

  /** Even slices of a piece, cut at multiples of the widest element; all of a short one. */
  private static int slices(byte[] bytes, int offset, int length, byte[] into) {
    if (length <= SAMPLE) {
      System.arraycopy(bytes, offset, into, 0, length);
      return length;
    }
    for (int i = 0; i < SLICES; i++) {
      int at = (int) ((long) (length - SLICE) * i / (SLICES - 1)) & ~7;
      System.arraycopy(bytes, offset + at, into, i * SLICE, SLICE);
    }
    return SAMPLE;
  }
}
