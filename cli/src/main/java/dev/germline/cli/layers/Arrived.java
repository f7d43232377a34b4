package dev.germline.cli.layers;

import dev.germline.cli.ExitCode;
import dev.germline.cli.Stop;
import dev.germline.core.substrate.Digest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file so far, hashed on a thread of its own while the next ones arrive. Its few
 * buffers go round, so whoever is faster waits. For one thread, which closes it.
 */
final class Arrived implements AutoCloseable {
  private static final int SIZE = 1 << 18;
  private static final int BUFFERS = 4;
  private static final Filled END = new Filled(new byte[0], -1);

  private final MessageDigest sha256;
  private final BlockingQueue<byte[]> empty = new ArrayBlockingQueue<>(BUFFERS);
  private final BlockingQueue<Filled> filled = new ArrayBlockingQueue<>(BUFFERS + 1);
  private final Thread hashing;
  private byte @Nullable [] buffer;
  private long seen;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Filled(byte[] bytes, int length) {}

  /**
   * Nothing has arrived yet.
   *
   * @param size of the file in bytes
   */
  Arrived(long size) {
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
    for (int i = 0; i < BUFFERS; i++) {
      empty.add(new byte[Math.clamp(size, 1, SIZE)]);
    }
    this.hashing = Thread.ofPlatform().daemon().name("hashing").start(this::hash);
  }

  private void hash() {
    try {
      for (Filled next = filled.take(); next.length() >= 0; next = filled.take()) {
        sha256.update(next.bytes(), 0, next.length());
        empty.put(next.bytes());
      }
    } catch (InterruptedException over) {
      // The download was given up.
    }
  }

  /** Memory for the next bytes; the same until some are added. */
  byte[] buffer() {
    byte[] next = buffer;
    if (next == null) {
      try {
        next = empty.take();
      } catch (InterruptedException interrupted) {
        throw stopped(interrupted);
      }
      buffer = next;
    }
    return next;
  }

  /** Adds the first bytes of the {@link #buffer}, which is another one from now on. */
  void add(int length) {
    filled.add(new Filled(buffer(), length));
    buffer = null;
    seen += length;
  }

  long seen() {
    return seen;
  }

  /** Their hash. Asked for once; nothing is added after. */
  Digest sha256() {
    filled.add(END);
    try {
      hashing.join();
    } catch (InterruptedException interrupted) {
      throw stopped(interrupted);
    }
    return Digest.of(sha256.digest());
  }

  private static Stop stopped(InterruptedException interrupted) {
    Thread.currentThread().interrupt();
    return new Stop(ExitCode.UNREACHABLE, "interrupted", null, interrupted);
  }

  @Override
  public void close() {
    hashing.interrupt();
  }
}
