package dev.germline.core.layers;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.util.Arrays;
import java.util.Collection;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns what Jackson complains about into our words: JSON path, offending value, what to give. */
final class Bindings {
  /** The member that {@link LayerJson} folds the shared part into; clients never see it. */
  static final String MANIFEST = "manifest";

  private Bindings() {}

  /** A syntax error with its place, without class names or source snippets. */
  static String where(JsonProcessingException broken) {
    JsonLocation at = broken.getLocation();
    String what = firstLine(broken.getOriginalMessage());
    return at == null
        ? what
        : what + " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
  }

  static GermlineException explain(JsonProcessingException unfit) {
    String path = unfit instanceof JsonMappingException mapping ? path(mapping) : "$";
    for (Throwable cause = unfit; cause != null; cause = cause.getCause()) {
      if (cause instanceof GermlineException ours) {
        return new GermlineException(ours.fault(), path + ": " + ours.detail(), unfit);
      }
    }
    return new GermlineException(Fault.INVALID_LAYER, path + ": " + complaint(unfit), unfit);
  }

  private static String complaint(JsonProcessingException unfit) {
    return switch (unfit) {
      case UnrecognizedPropertyException unknown ->
          "there is no such member; known here: " + known(unknown.getKnownPropertyIds());
      case InvalidFormatException format when format.getTargetType().isEnum() ->
          "the value is "
              + Check.show(String.valueOf(format.getValue()))
              + "; give one of: "
              + Arrays.stream(format.getTargetType().getEnumConstants())
                  .map(Object::toString)
                  .collect(Collectors.joining(", "));
      case InvalidNullException ignored -> "null is not taken here; leave it out";
      case MismatchedInputException mismatch ->
          "the value is not " + expected(mismatch.getTargetType());
      default -> firstLine(unfit.getOriginalMessage());
    };
  }

  private static String known(@Nullable Collection<Object> ids) {
    var names = new TreeSet<String>();
    if (ids != null) {
      ids.forEach(id -> names.add(id.toString()));
    }
    names.remove(MANIFEST);
    return String.join(", ", names);
  }

  private static String expected(@Nullable Class<?> type) {
    if (type == null) {
      return "what belongs here";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false; give one of the two";
    }
    if (type == int.class || type == Integer.class) {
      return "a whole number of at most 2^31-1; give one";
    }
    if (type == long.class || type == Long.class) {
      return "a whole number of at most 2^53-1; give one";
    }
    if (type == double.class || type == Double.class) {
      return "a number; give one";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "a list; give one in [ ]";
    }
    if (!Json.isText(type)) {
      return "an object; give one in { }";
    }
    return "a text; give one in quotes";
  }

  private static String path(JsonMappingException unfit) {
    var path = new StringBuilder("$");
    for (JsonMappingException.Reference step : unfit.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else if (path.length() > 1 || !step.getFieldName().equals(MANIFEST)) {
        path.append('.').append(shown(step.getFieldName()));
      }
    }
    return path.toString();
  }

  private static String shown(String key) {
    String quoted = Check.show(key);
    return quoted.substring(1, quoted.length() - 1);
  }

  /** What Jackson says, without its advice on how to configure Jackson. */
  private static String firstLine(String message) {
    String line = message.lines().findFirst().orElse("not read");
    int end = line.indexOf(": enable `");
    return end < 0 ? line : line.substring(0, end);
  }
}
