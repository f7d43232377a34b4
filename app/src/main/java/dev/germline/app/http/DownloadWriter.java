package dev.germline.app.http;

import io.micronaut.core.io.buffer.ReadBuffer;
import io.micronaut.core.io.buffer.ReadBufferFactory;
import io.micronaut.core.type.Argument;
import io.micronaut.core.type.MutableHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.body.ByteBodyFactory;
import io.micronaut.http.body.CloseableByteBody;
import io.micronaut.http.body.ResponseBodyWriter;
import io.micronaut.http.codec.CodecException;
import jakarta.inject.Singleton;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Sends a {@link Download} a quarter of a MiB at a time, at the client's pace. Micronaut's own
 * streamed files go out 8 KiB at a time, which costs more than reading them does.
 */
@Singleton
final class DownloadWriter implements ResponseBodyWriter<Download> {
  private static final int PIECE = 1 << 18;

  /** Pieces that are read while the client takes those before. */
  private static final int AHEAD = 4;

  private final Scheduler readers =
      Schedulers.fromExecutor(Executors.newVirtualThreadPerTaskExecutor());

  @Override
  public CloseableByteBody writePiece(
      ByteBodyFactory bodies,
      HttpRequest<?> request,
      HttpResponse<?> response,
      Argument<Download> type,
      MediaType mediaType,
      Download download) {
    return bodies.adapt(
        pieces(download, bodies.readBufferFactory()), OptionalLong.of(download.length()));
  }

  private Publisher<ReadBuffer> pieces(Download download, ReadBufferFactory buffers) {
    byte[] piece = new byte[(int) Math.min(PIECE, download.length())];
    return Flux.<ReadBuffer, Long>generate(
            download::length,
            (left, sink) -> {
              if (left == 0) {
                sink.complete();
                return left;
              }
              int length = (int) Math.min(piece.length, left);
              read(download.bytes(), piece, length);
              // Into memory that goes round off the heap: arrays for all that is sent would keep
              // the garbage collector busy, and be copied there by the socket anyway.
              sink.next(buffers.copyOf(ByteBuffer.wrap(piece, 0, length)));
              return left - length;
            },
            _ -> close(download.bytes()))
        .subscribeOn(readers)
        .publishOn(Schedulers.immediate(), AHEAD);
  }

  private static void read(InputStream stream, byte[] piece, int length) {
    try {
      if (stream.readNBytes(piece, 0, length) < length) {
        throw new EOFException("the stream ended early");
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static void close(InputStream stream) {
    try {
      stream.close();
    } catch (IOException over) {
      // It was only read from.
    }
  }

  @Override
  public void writeTo(
      Argument<Download> type,
      MediaType mediaType,
      Download download,
      MutableHeaders headers,
      OutputStream out) {
    try (InputStream bytes = download.bytes()) {
      bytes.transferTo(out);
    } catch (IOException broken) {
      throw new CodecException("the download cannot be written", broken);
    }
  }
}
