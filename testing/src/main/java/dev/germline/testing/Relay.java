package dev.germline.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A TCP relay on loopback between a client and a store, which a test makes misbehave as networks
 * and hanging servers do. Thread-safe; bytes are handed on as they come.
 */
public final class Relay implements AutoCloseable {
  private static final int CHUNK = 64 << 10;

  private final int target;
  private final ServerSocket server;
  private final Set<Line> lines = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition speaks = lock.newCondition();
  private final AtomicReference<@Nullable Loss> loss = new AtomicReference<>();
  private boolean silent;
  private volatile boolean closed;

  private record Loss(Predicate<byte[]> request, Runnable then) {}

  private Relay(int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  /** A relay to a port of this machine. */
  public static Relay to(int port) {
    try {
      Relay relay = new Relay(port);
      Thread.ofVirtual().name("relay").start(relay::accept);
      return relay;
    } catch (IOException failure) {
      throw new IllegalStateException("no relay to port " + port, failure);
    }
  }

  /** Where clients connect. */
  public int port() {
    return server.getLocalPort();
  }

  /** From now on nothing passes, while connections stay open and are accepted: a server hangs. */
  public void fallSilent() {
    setSilent(true);
  }

  /** All that waited passes, and everything after it. */
  public void speakAgain() {
    setSilent(false);
  }

  /** Nothing passes any more over the connections there are, which stay open; new ones work. */
  public void forgetConnections() {
    lines.forEach(line -> line.forgotten = true);
  }

  /**
   * The next such request reaches the server; its answer does not reach the client, whose
   * connection is cut instead.
   *
   * @param request tells it by a chunk of bytes on their way to the server
   * @param then runs when the server has answered, before the client learns of anything
   */
  public void loseAnswerTo(Predicate<byte[]> request, Runnable then) {
    loss.set(new Loss(request, then));
  }

  private void setSilent(boolean now) {
    lock.lock();
    try {
      silent = now;
      speaks.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void awaitSpeech() {
    lock.lock();
    try {
      while (silent && !closed) {
        speaks.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    while (!closed) {
      try {
        Socket client = server.accept();
        try {
          new Line(client, new Socket(InetAddress.getLoopbackAddress(), target)).open();
        } catch (IOException storeIsAway) {
          quietly(client);
        }
      } catch (IOException closing) {
        return;
      }
    }
  }

  /** One client and its connection to the store. */
  private final class Line {
    private final Socket client;
    private final Socket store;
    private final AtomicReference<@Nullable Runnable> losing = new AtomicReference<>();
    private volatile boolean forgotten;

    Line(Socket client, Socket store) {
      this.client = client;
      this.store = store;
    }

    void open() throws IOException {
      client.setTcpNoDelay(true);
      store.setTcpNoDelay(true);
      lines.add(this);
      Thread.ofVirtual().start(() -> hand(client, store, this::sent));
      Thread.ofVirtual().start(() -> hand(store, client, this::answered));
    }

    private boolean sent(byte[] chunk) {
      Loss wanted = loss.get();
      if (wanted != null && wanted.request().test(chunk) && loss.compareAndSet(wanted, null)) {
        losing.set(wanted.then());
      }
      return true;
    }

    private boolean answered(byte[] chunk) {
      Runnable then = losing.get();
      if (then == null) {
        return true;
      }
      then.run();
      return false;
    }

    private void hand(Socket from, Socket to, Predicate<byte[]> passes) {
      byte[] buffer = new byte[CHUNK];
      try (InputStream in = from.getInputStream();
          OutputStream out = to.getOutputStream()) {
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          awaitSpeech();
          if (forgotten) {
            continue;
          }
          byte[] chunk = Arrays.copyOf(buffer, read);
          if (!passes.test(chunk)) {
            return;
          }
          out.write(chunk);
        }
      } catch (IOException cut) {
        // The other side went away; so does this one.
      } finally {
        cut();
      }
    }

    void cut() {
      quietly(client);
      quietly(store);
      lines.remove(this);
    }
  }

  private static void quietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyClosed) {
      // That is what was wanted.
    }
  }

  /** Cuts every connection and takes no more. */
  @Override
  public void close() {
    closed = true;
    speakAgain();
    try {
      server.close();
    } catch (IOException alreadyClosed) {
      // That is what was wanted.
    }
    lines.forEach(Line::cut);
  }
}
