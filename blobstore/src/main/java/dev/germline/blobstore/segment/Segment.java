package dev.germline.blobstore.segment;

import dev.germline.core.substrate.Digest;

/**
 * A sealed segment: what is put as one object. Lives until its writer is closed, and longer where a
 * replica still takes it in.
 */
public final class Segment {
  private final SegmentRef ref;
  private final SegmentBuffers.Buffer buffer;
  private final int length;

  Segment(SegmentRef ref, SegmentBuffers.Buffer buffer, int length) {
    this.ref = ref;
    this.buffer = buffer;
    this.length = length;
  }

  public SegmentRef ref() {
    return ref;
  }

  /** The array that holds it from 0 to {@link #length}; not a copy, and longer. */
  public byte[] bytes() {
    return buffer.bytes();
  }

  /** In bytes. */
  public int length() {
    return length;
  }

  Digest id() {
    return ref.id();
  }

  void retain() {
    buffer.retain();
  }

  void release() {
    buffer.release();
  }
}
