package dev.germline.blobstore.encoding;

import dev.germline.blobstore.encoding.FrameHeader.Choice;
import dev.germline.core.GermlineException;
import org.jspecify.annotations.Nullable;

/**
 * From the elements of a piece to planes and back: narrow, subtract the base, sort into buckets,
 * split. Owns up to 16 MiB of scratch memory, taken when first needed; not thread-safe.
 */
final class Transform {
  /** Why a piece could not be transformed as chosen. */
  enum Obstacle {
    NONE,
    /** An element of the piece does not fit the narrower type. */
    CHILD,
    /** An element of the base does not. */
    BASE
  }

  private static final long[] NO_LANES = {};
  private static final byte[] NO_BYTES = {};

  private final Narrow narrow = new Narrow();
  private final Buckets buckets = new Buckets();
  private long[] lanes = NO_LANES;
  private long[] baseLanes = NO_LANES;
  private byte[] elementBytes = NO_BYTES;
  private byte[] planes = NO_BYTES;

  /** The planes last made, or to be read into. */
  byte[] planes() {
    if (planes.length == 0) {
      planes = new byte[FrameHeader.MAX_RAW];
    }
    return planes;
  }

  /** The buckets last made, or to be set. */
  Buckets buckets() {
    return buckets;
  }

  private byte[] elementBytes() {
    if (elementBytes.length == 0) {
      elementBytes = new byte[FrameHeader.MAX_RAW];
    }
    return elementBytes;
  }

  private void needLanes() {
    if (lanes.length == 0) {
      lanes = new long[FrameHeader.MAX_RAW / 8];
      baseLanes = new long[FrameHeader.MAX_RAW / 8];
    }
  }

  /** Fills {@link #planes} and, where chosen, {@link #buckets}. */
  Obstacle apply(
      Choice choice,
      ElementType type,
      byte[] raw,
      int offset,
      int elements,
      byte @Nullable [] base,
      int baseOffset) {
    if (choice.narrowing() == Narrowing.NONE && !choice.delta()) {
      Planes.values(type).split(raw, offset, elements, planes());
      return Obstacle.NONE;
    }
    needLanes();
    if (!load(choice, type, raw, offset, elements, lanes)) {
      return Obstacle.CHILD;
    }
    ElementType laneType = choice.laneType(type);
    int width = laneType.width();
    if (choice.delta()) {
      if (base == null || !load(choice, type, base, baseOffset, elements, baseLanes)) {
        return Obstacle.BASE;
      }
      int words = Lanes.words(elements * width);
      Lanes.difference(lanes, baseLanes, words, width, laneType.signedMagnitude());
    }
    if (choice.layout() == Layout.BUCKETS) {
      buckets.plan(laneType, baseLanes, elements);
      buckets.scatter(laneType, lanes, baseLanes, elements, elementBytes());
    } else {
      Lanes.store(lanes, elementBytes(), 0, elements * width);
    }
    split(choice, laneType).split(elementBytes(), 0, elements, planes());
    return Obstacle.NONE;
  }

  private static Planes split(Choice choice, ElementType laneType) {
    return choice.delta() ? Planes.differences(laneType.width()) : Planes.values(laneType);
  }

  private boolean load(
      Choice choice, ElementType type, byte[] raw, int offset, int elements, long[] to) {
    if (choice.narrowing() == Narrowing.NONE) {
      Lanes.load(raw, offset, elements * type.width(), to);
      return true;
    }
    return narrow.narrow(choice.narrowing(), raw, offset, elements, to);
  }

  /**
   * Undoes {@link #apply}, from {@link #planes} and {@link #buckets}.
   *
   * @throws GermlineException WEIGHT_FRAME_INVALID if the base cannot be the one it was made with
   */
  void undo(
      Choice choice,
      ElementType type,
      int elements,
      byte @Nullable [] base,
      int baseOffset,
      byte[] out,
      int outOffset) {
    ElementType laneType = choice.laneType(type);
    int width = laneType.width();
    boolean narrowed = choice.narrowing() != Narrowing.NONE;
    byte[] merged = narrowed || choice.delta() ? elementBytes() : out;
    int mergedOffset = narrowed || choice.delta() ? 0 : outOffset;
    split(choice, laneType).merge(planes(), elements, merged, mergedOffset);
    if (choice.delta()) {
      needLanes();
      if (base == null || !load(choice, type, base, baseOffset, elements, baseLanes)) {
        throw FrameHeader.invalid("was made with another base: this one does not narrow");
      }
      if (choice.layout() != Layout.BUCKETS) {
        Lanes.load(merged, 0, elements * width, lanes);
      } else if (!buckets.gather(laneType, merged, baseLanes, elements, lanes)) {
        throw FrameHeader.invalid("was made with another base: its buckets differ");
      }
      int words = Lanes.words(elements * width);
      Lanes.sum(lanes, baseLanes, words, width, laneType.signedMagnitude());
      if (narrowed) {
        Lanes.store(lanes, merged, 0, elements * width);
      } else {
        Lanes.store(lanes, out, outOffset, elements * width);
      }
    }
    if (narrowed) {
      narrow.widen(choice.narrowing(), merged, elements, out, outOffset);
    }
  }
}
