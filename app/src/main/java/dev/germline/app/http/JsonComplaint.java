package dev.germline.app.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.json.JsonSyntaxException;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is wrong with a JSON body, in words that name no class of ours or Jackson's. */
final class JsonComplaint {
  private JsonComplaint() {}

  /** The complaint, if this failure is about JSON. */
  static Optional<String> of(@Nullable Throwable failure) {
    Throwable inner =
        failure instanceof ConversionErrorException conversion
            ? conversion.getConversionError().getCause()
            : failure;
    for (Throwable cause = inner; cause != null; cause = cause.getCause()) {
      if (cause instanceof JsonProcessingException broken) {
        return Optional.of("The body is not the JSON asked for: " + words(broken));
      }
    }
    return inner instanceof JsonSyntaxException
        ? Optional.of("The body is not JSON")
        : Optional.empty();
  }

  private static String words(JsonProcessingException broken) {
    return switch (broken) {
      case UnrecognizedPropertyException unknown ->
          path(unknown) + ": there is no such member here";
      case JsonMappingException unfit -> path(unfit) + ": the value does not fit here";
      default -> {
        JsonLocation at = broken.getLocation();
        yield at == null
            ? "it cannot be read"
            : "it cannot be read at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
      }
    };
  }

  private static String path(JsonMappingException unfit) {
    return unfit.getPath().stream()
        .map(JsonComplaint::step)
        .collect(Collectors.joining("", "$", ""));
  }

  private static String step(Reference step) {
    String name = step.getFieldName();
    return name == null
        ? "[" + step.getIndex() + "]"
        : "." + (name.length() > 64 ? name.substring(0, 64) + "…" : name);
  }
}
