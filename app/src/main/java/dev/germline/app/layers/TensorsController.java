package dev.germline.app.layers;

import dev.germline.app.http.Download;
import dev.germline.app.http.FixedBytes;
import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.LayerName;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Head;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Single tensors of a layer. */
@Controller("/api/v1/layers/{namespace}/{name}/{version}/tensors")
@Secured(Role.ANY)
@Tag(name = "layers")
final class TensorsController {
  private static final String SAFETENSORS = "application/vnd.safetensors";
  private static final MediaType SAFETENSORS_TYPE = new MediaType(SAFETENSORS);

  private static final MediaType RAW = MediaType.APPLICATION_OCTET_STREAM_TYPE;

  private final Layers layers;
  private final Tensors tensors;
  private final Handout handout;

  TensorsController(Layers layers, Tensors tensors, Handout handout) {
    this.layers = layers;
    this.tensors = tensors;
    this.handout = handout;
  }

  /** Tensors of a layer. */
  @Schema(name = "TensorList")
  record TensorList(List<TensorView> items) {}

  /**
   * One of them.
   *
   * @param file that has it
   * @param dtype element type as the file's format calls it
   * @param shape dimensions in the order the file states them: GGUF the fastest first, the others
   *     the slowest first
   * @param bytes how many it takes
   */
  @Schema(name = "Tensor")
  record TensorView(String file, String name, String dtype, List<Long> shape, long bytes) {
    static TensorView of(StoredTensor tensor) {
      return new TensorView(
          tensor.file(),
          tensor.span().name(),
          tensor.span().dtype(),
          tensor.span().shape(),
          tensor.span().bytes());
    }
  }

  /**
   * The tensors of the layer's safetensors, GGUF and ONNX files, file after file.
   *
   * @param file only of this one
   */
  @Get
  TensorList list(
      Caller caller,
      String namespace,
      String name,
      String version,
      @QueryValue @Nullable String file) {
    return new TensorList(
        tensors.list(caller, LayerName.of(namespace, name, version), file).stream()
            .map(TensorView::of)
            .toList());
  }

  /**
   * A tensor's bytes as its file has them, or as a safetensors file of its own; headers
   * Tensor-Dtype and Tensor-Shape say what they are. 409 when several files have one of that name;
   * 410 when the layer was revoked.
   *
   * @param file that has it; may be left out when only one has
   * @param format raw or safetensors; left out, the Accept header decides
   * @param revoked {@code allow} to get the tensor of a revoked layer all the same; written down
   */
  @Get(
      value = "/{tensor:.+}",
      produces = {MediaType.APPLICATION_OCTET_STREAM, SAFETENSORS},
      headRoute = false)
  HttpResponse<Download> get(
      HttpRequest<?> request,
      Caller caller,
      String namespace,
      String name,
      String version,
      @PathVariable String tensor,
      @QueryValue @Nullable String file,
      @QueryValue @Nullable String format,
      @QueryValue @Nullable String revoked) {
    LayerRow layer = layer(caller, LayerName.of(namespace, name, version), revoked);
    Answer answer = answer(request, layer, tensor, file, format);
    handout.note(caller, layer, "tensor " + tensor);
    return described(
        answer
            .bytes()
            .get(
                request,
                (offset, length) -> tensors.open(answer.tensor(), answer.header(), offset, length)),
        answer,
        layer);
  }

  /**
   * What {@link #get} would say of the whole tensor, without its bytes.
   *
   * @param revoked as there
   */
  @Head("/{tensor:.+}")
  HttpResponse<?> head(
      HttpRequest<?> request,
      Caller caller,
      String namespace,
      String name,
      String version,
      @PathVariable String tensor,
      @QueryValue @Nullable String file,
      @QueryValue @Nullable String format,
      @QueryValue @Nullable String revoked) {
    LayerRow layer = layer(caller, LayerName.of(namespace, name, version), revoked);
    Answer answer = answer(request, layer, tensor, file, format);
    handout.note(caller, layer, "tensor " + tensor);
    return described(answer.bytes().head(request), answer, layer);
  }

  /**
   * @param header what goes before the tensor's bytes; empty for the raw ones
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared; it lives for one request
  private record Answer(StoredTensor tensor, byte[] header, FixedBytes bytes) {}

  private LayerRow layer(Caller caller, LayerName name, @Nullable String revoked) {
    LayerRow layer = layers.row(caller, name);
    handout.require(layer, revoked);
    return layer;
  }

  private Answer answer(
      HttpRequest<?> request,
      LayerRow layer,
      String tensor,
      @Nullable String file,
      @Nullable String format) {
    boolean alone = safetensors(request, format);
    StoredTensor found = tensors.get(layer, tensor, file);
    byte[] header = alone ? tensors.safetensorsHeader(found) : new byte[0];
    return new Answer(
        found,
        header,
        new FixedBytes(
            alone ? found.tag() + ":safetensors" : found.tag(),
            header.length + found.span().bytes(),
            alone ? SAFETENSORS_TYPE : RAW,
            tensor.replace('/', '_') + (alone ? ".safetensors" : ".bin")));
  }

  /** Whether the client would rather have a safetensors file than the raw bytes. */
  private static boolean safetensors(HttpRequest<?> request, @Nullable String format) {
    if (format == null) {
      return request.accept().stream()
          .filter(type -> type.matches(SAFETENSORS_TYPE) || type.matches(RAW))
          .findFirst()
          .filter(type -> !type.matches(RAW))
          .isPresent();
    }
    return switch (format) {
      case "raw" -> false;
      case "safetensors" -> true;
      default ->
          throw new GermlineException(
              Fault.INVALID_REQUEST, "format is raw or safetensors, and not " + format);
    };
  }

  private static <T> MutableHttpResponse<T> described(
      MutableHttpResponse<T> response, Answer answer, LayerRow layer) {
    String shape =
        answer.tensor().span().shape().stream()
            .map(String::valueOf)
            .collect(Collectors.joining(",", "[", "]"));
    return Handout.marked(response, layer)
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .header("Tensor-Dtype", answer.tensor().span().dtype())
        .header("Tensor-Shape", shape);
  }
}
