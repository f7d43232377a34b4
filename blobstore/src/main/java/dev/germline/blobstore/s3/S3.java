package dev.germline.blobstore.s3;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import io.minio.MinioAsyncClient;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.InvalidResponseException;
import io.minio.errors.MinioException;
import io.minio.errors.ServerException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.SocketFactory;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/** The S3 client, with bounded repetition and with failures in our own words. Thread-safe. */
public final class S3 implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /** Copying or joining gigabytes answers with nothing for as long as it takes. */
  private static final Duration LONGEST_WORK = Duration.ofMinutes(15);

  private static final Set<String> ABSENT =
      Set.of(
          "NoSuchKey",
          "NoSuchUpload",
          "InvalidPart",
          "InvalidPartOrder",
          "NoSuchVersion",
          "InvalidRange");

  private final int attempts;
  private final OkHttpClient http;
  private final MinioAsyncClient client;
  private final MinioAsyncClient patient;
  private final MinioAsyncClient presigner;

  /** Connects when first used. */
  public S3(S3Target settings) {
    this.attempts = settings.attempts();
    Dispatcher dispatcher = new Dispatcher(Executors.newVirtualThreadPerTaskExecutor());
    dispatcher.setMaxRequests(256);
    dispatcher.setMaxRequestsPerHost(256);
    this.http =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .connectionPool(new ConnectionPool(32, 1, java.util.concurrent.TimeUnit.MINUTES))
            .socketFactory(new UndelayedSockets())
            .connectTimeout(settings.connectTimeout())
            .readTimeout(settings.idleTimeout())
            .writeTimeout(settings.idleTimeout())
            .build();
    this.client = client(settings, settings.endpoint(), http);
    this.patient =
        client(settings, settings.endpoint(), http.newBuilder().readTimeout(LONGEST_WORK).build());
    this.presigner = client(settings, settings.publicEndpoint(), http);
  }

  private static MinioAsyncClient client(S3Target settings, URI endpoint, OkHttpClient http) {
    return MinioAsyncClient.builder()
        .endpoint(endpoint.toString())
        .region(settings.region())
        .credentials(settings.accessKey(), settings.secretKey())
        .httpClient(http)
        .build();
  }

  /** One request, which may be made again. */
  @FunctionalInterface
  public interface Request<T> {
    CompletableFuture<T> send(MinioAsyncClient client) throws MinioException;
  }

  /**
   * Makes a request until it is answered, a few times at most.
   *
   * @param what completes the sentence "the store of bytes cannot ..."
   * @throws S3Refused when what the request names is not there
   * @throws GermlineException STORE_UNAVAILABLE
   */
  public <T> T call(String what, Request<T> request) {
    return repeat(what, client, request, attempts);
  }

  /** As {@link #call} with a single attempt, for who can ask elsewhere. */
  public <T> T once(String what, Request<T> request) {
    return repeat(what, client, request, 1);
  }

  /** As {@link #call} for work that keeps the store busy long without a sign. */
  public <T> T slow(String what, Request<T> request) {
    return repeat(what, patient, request, attempts);
  }

  /** Signs URLs; makes no requests. */
  public MinioAsyncClient presigner() {
    return presigner;
  }

  private <T> T repeat(String what, MinioAsyncClient through, Request<T> request, int most) {
    for (int attempt = 1; ; attempt++) {
      Throwable failure;
      try {
        return request.send(through).get();
      } catch (ExecutionException | CompletionException e) {
        failure = e.getCause() == null ? e : e.getCause();
      } catch (MinioException e) {
        failure = e;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw unavailable(what, "interrupted", e);
      }
      refuseUnlessTransient(what, failure);
      if (attempt == most) {
        throw unavailable(what, reason(failure) + " after " + most + " attempts", failure);
      }
      pause(what, attempt);
    }
  }

  private static String reason(Throwable failure) {
    return failure instanceof ErrorResponseException refused
        ? String.valueOf(refused.errorResponse().code())
        : "no answer";
  }

  private static void refuseUnlessTransient(String what, Throwable failure) {
    switch (failure) {
      case ErrorResponseException refused -> {
        String code = refused.errorResponse().code();
        if (ABSENT.contains(code)) {
          throw new S3Refused(what, code, refused);
        }
        int status = refused.response().code();
        if (status < 500 && status != 408 && status != 429) {
          throw unavailable(what, code, refused);
        }
      }
      case ServerException server -> {
        if (server.statusCode() < 500) {
          throw unavailable(what, "HTTP " + server.statusCode(), server);
        }
      }
      // A proxy in between answered; it may find the store next time.
      case InvalidResponseException _ -> {}
      case IOException _ -> {}
      default -> throw unavailable(what, failure.getClass().getSimpleName(), failure);
    }
  }

  /** What is thrown when a request was not answered. */
  public static GermlineException unavailable(String what, String why, Throwable cause) {
    return new GermlineException(
        Fault.STORE_UNAVAILABLE,
        "the store of bytes cannot %s now (%s); try again shortly".formatted(what, why),
        cause);
  }

  /** Waits longer after each failure, by chance, so that many callers do not come back as one. */
  private static void pause(String what, int attempt) {
    long most = Math.min(LONGEST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << (attempt - 1));
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(what, "interrupted", e);
    }
  }

  @Override
  public void close() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  /** Nagle's algorithm costs a small put 40 ms. */
  private static final class UndelayedSockets extends SocketFactory {
    @Override
    public Socket createSocket() throws IOException {
      Socket socket = new Socket();
      socket.setTcpNoDelay(true);
      return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return undelayed(new Socket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
        throws IOException {
      return undelayed(new Socket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return undelayed(new Socket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
        throws IOException {
      return undelayed(new Socket(host, port, local, localPort));
    }

    private static Socket undelayed(Socket socket) throws IOException {
      socket.setTcpNoDelay(true);
      return socket;
    }
  }
}
