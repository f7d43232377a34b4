package dev.germline.app.lineage;

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
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.OptionalLong;
import reactor.core.publisher.Flux;

/** Sends a {@link LineageDocument} some parts at a time, at the client's pace. */
@Singleton
final class LineageDocumentWriter implements ResponseBodyWriter<LineageDocument> {
  /** Characters after which what is made goes out. */
  private static final int PIECE = 1 << 16;

  @Override
  public CloseableByteBody writePiece(
      ByteBodyFactory bodies,
      HttpRequest<?> request,
      HttpResponse<?> response,
      Argument<LineageDocument> type,
      MediaType mediaType,
      LineageDocument document) {
    ReadBufferFactory buffers = bodies.readBufferFactory();
    return bodies.adapt(
        Flux.<byte[], Iterator<String>>generate(
                () -> document.parts().iterator(),
                (parts, sink) -> {
                  if (parts.hasNext()) {
                    sink.next(piece(parts));
                  } else {
                    sink.complete();
                  }
                  return parts;
                })
            .map(buffers::adapt),
        OptionalLong.empty());
  }

  private static byte[] piece(Iterator<String> parts) {
    StringBuilder piece = new StringBuilder();
    while (parts.hasNext() && piece.length() < PIECE) {
      piece.append(parts.next());
    }
    return piece.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void writeTo(
      Argument<LineageDocument> type,
      MediaType mediaType,
      LineageDocument document,
      MutableHeaders headers,
      OutputStream out) {
    try {
      for (Iterator<String> parts = document.parts().iterator(); parts.hasNext(); ) {
        out.write(piece(parts));
      }
    } catch (IOException broken) {
      throw new CodecException("the lineage cannot be written", broken);
    }
  }
}
