package dev.germline.core.merkle;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The fastest kernel at the moment: plain Java at first, the vector lanes once they have shown in
 * this very process that they hash right and faster.
 *
 * <p>Until C2 has compiled it, for about a second, vector code is slower than plain Java by far. So
 * the lanes are warmed up on a thread of their own, and only in a process that has hashed enough
 * for them to pay: a short command never loads them.
 */
final class Blake3Fastest implements Blake3Kernel {
  /** The one of this process. */
  static final Blake3Fastest KERNEL = new Blake3Fastest();

  private static final String MODULE = "jdk.incubator.vector";

  /**
   * Bytes hashed before the lanes are warmed up. The warm-up costs as much processor time as half a
   * GiB in plain Java; a process that has come this far is likely to go on.
   */
  private static final long PAYS_AFTER = 1 << 27;

  /** Bytes that are worth the warm-up when they are known to come: both run at the same time. */
  private static final long PAYS_BEFORE = 1 << 28;

  private final Blake3Kernel scalar = new Blake3Scalar();
  private final AtomicLong hashed = new AtomicLong();
  private final AtomicBoolean started = new AtomicBoolean();
  private volatile Blake3Kernel active = scalar;

  private Blake3Fastest() {}

  /** What hashes now, in words. */
  String description() {
    return active instanceof Blake3Scalar ? "plain Java" : Blake3Lanes.LANES + " vector lanes";
  }

  @Override
  public void hash(
      Blake3Shape shape,
      byte[] in,
      int offset,
      int stride,
      int count,
      long counter,
      byte[] out,
      int outOffset) {
    Blake3Kernel kernel = active;
    kernel.hash(shape, in, offset, stride, count, counter, out, outOffset);
    count(kernel, (long) count * shape.blocks * Blake3Shape.BLOCK);
  }

  @Override
  public void hashNative(
      Blake3Shape shape,
      MemorySegment in,
      long offset,
      int count,
      long counter,
      byte[] out,
      int outOffset) {
    Blake3Kernel kernel = active;
    kernel.hashNative(shape, in, offset, count, counter, out, outOffset);
    count(kernel, (long) count * Blake3Shape.CHUNK);
  }

  private void count(Blake3Kernel kernel, long bytes) {
    if (kernel instanceof Blake3Scalar
        && hashed.get() < PAYS_AFTER
        && hashed.addAndGet(bytes) >= PAYS_AFTER) {
      startWarmUp();
    }
  }

  /** Says that so many bytes will soon be hashed. */
  void expect(long bytes) {
    if (bytes >= PAYS_BEFORE) {
      startWarmUp();
    }
  }

  private void startWarmUp() {
    if (!started.getAndSet(true)) {
      Thread.ofPlatform().daemon().name("blake3-warm-up").start(this::warmUp);
    }
  }

  private void warmUp() {
    System.Logger log = System.getLogger(Blake3.class.getName());
    Optional<String> against;
    try {
      against = tryLanes();
    } catch (RuntimeException | LinkageError e) {
      against = Optional.of("its vector code fails here: " + e);
    }
    if (against.isPresent()) {
      log.log(System.Logger.Level.INFO, "BLAKE3 runs in plain Java: {0}", against.get());
    } else {
      log.log(System.Logger.Level.DEBUG, "BLAKE3 runs in {0}", description());
    }
  }

  /** Switches over to the lanes, or says what is against it. */
  private Optional<String> tryLanes() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return Optional.of("the JVM was started without --add-modules " + MODULE);
    }
    if (!Blake3Lanes.fitsThisCpu()) {
      return Optional.of("vectors of " + Blake3Lanes.LANES + " ints are of no use to it");
    }
    Blake3Kernel lanes = new Blake3Lanes();
    Optional<String> against = new Blake3Trial(scalar).of(lanes);
    if (against.isEmpty()) {
      active = lanes;
    }
    return against;
  }
}
