package dev.germline.app.metrics;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.LayerName;
import dev.germline.core.metrics.Measurement;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads measurements as they arrive: one JSON object, one array of them, or objects one after the
 * other (NDJSON). Whatever is wrong is said with the line it is in. Thread-safe.
 */
final class BatchReader {
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              // MySQL takes JSON of up to 100 levels.
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(64)
                      .maxStringLength(1 << 16)
                      .maxNumberLength(100)
                      .build())
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
              .build());

  private final MetricsSettings settings;
  private final Times times;

  BatchReader(MetricsSettings settings, Times times) {
    this.settings = settings;
    this.times = times;
  }

  /**
   * Reads all of a request.
   *
   * @param only the layer all of them are of; absent when each names its own
   * @throws GermlineException MALFORMED_JSON, INVALID_REQUEST, INVALID_NAME, LIMIT_EXCEEDED;
   *     OVERLOADED when it arrives too slowly
   */
  Batch read(@Nullable LayerName only, InputStream body) {
    BoundedBody bounded = new BoundedBody(body, settings.batchBytes(), settings.batchTime());
    try (JsonParser parser = JSON.createParser(bounded)) {
      List<Batch.Row> rows = new Reading(parser, only).rows();
      byte[] target = String.valueOf(only).getBytes(StandardCharsets.UTF_8);
      return new Batch(rows, bounded.digest(target));
    } catch (IOException broken) {
      throw new GermlineException(
          Fault.INVALID_REQUEST, "the request broke off before its end", broken);
    }
  }

  /** One request under way. */
  private final class Reading {
    private final JsonParser parser;
    private final @Nullable LayerName only;
    private final Instant now = times.now();
    private final List<Batch.Row> rows = new ArrayList<>();
    private final Map<String, LayerName> names = new HashMap<>();
    private final Map<String, String> words = new HashMap<>();
    private int line = 1;

    Reading(JsonParser parser, @Nullable LayerName only) {
      this.parser = parser;
      this.only = only;
    }

    List<Batch.Row> rows() throws IOException {
      try {
        boolean array = false;
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
          line = parser.currentTokenLocation().getLineNr();
          switch (token) {
            case START_OBJECT -> rows.add(row());
            case START_ARRAY -> {
              if (array) {
                throw invalid("an array within the array; measurements are objects");
              }
              array = true;
            }
            case END_ARRAY -> array = false;
            default -> throw invalid("measurements are objects, and not " + parser.getText());
          }
          if (rows.size() > settings.batchRows()) {
            throw new GermlineException(
                Fault.LIMIT_EXCEEDED,
                "more than %d measurements in one request; send several"
                    .formatted(settings.batchRows()));
          }
        }
      } catch (JsonProcessingException broken) {
        int at = broken.getLocation() == null ? line : broken.getLocation().getLineNr();
        throw new GermlineException(
            Fault.MALFORMED_JSON,
            "line %d cannot be read as JSON; nothing of the request was kept".formatted(at),
            broken);
      } catch (GermlineException wrong) {
        if (wrong.fault() == Fault.OVERLOADED) {
          throw wrong;
        }
        throw new GermlineException(
            wrong.fault(),
            "line %d: %s; nothing of the request was kept".formatted(line, wrong.detail()),
            wrong);
      }
      if (rows.isEmpty()) {
        throw new GermlineException(
            Fault.INVALID_REQUEST,
            "the request has no measurement; send {\"taskType\":…,\"metricType\":…,\"value\":…}");
      }
      return rows;
    }

    private Batch.Row row() throws IOException {
      LayerName layer = only;
      String task = null;
      String metric = null;
      Double value = null;
      Instant at = null;
      String context = null;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String member = parser.currentName();
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_NULL) {
          continue;
        }
        switch (member) {
          case "layer" -> layer = layer(text(member));
          case "taskType" -> task = word(text(member));
          case "metricType" -> metric = word(text(member));
          case "value" -> value = number(member);
          case "measuredAt" -> at = instant(member, text(member));
          case "context" -> context = context();
          default ->
              throw invalid(
                  "there is no member "
                      + shown(member)
                      + "; a measurement has layer, taskType, metricType, value, measuredAt and"
                      + " context");
        }
      }
      if (layer == null) {
        throw invalid("layer is missing; name it as namespace/name@version");
      }
      if (value == null) {
        throw invalid("value is a number, and is missing");
      }
      return new Batch.Row(
          line,
          layer,
          new Measurement(
              Measurement.text("taskType", task),
              Measurement.text("metricType", metric),
              value,
              at == null ? now : at,
              context));
    }

    private LayerName layer(String text) {
      LayerName layer = names.computeIfAbsent(text, LayerName::parse);
      if (only != null && !only.equals(layer)) {
        throw invalid("layer is %s, and the request is for %s".formatted(layer, only));
      }
      return layer;
    }

    /** Few words make up many rows: each is held once. */
    private String word(String word) {
      return words.computeIfAbsent(word, same -> same);
    }

    private String text(String member) throws IOException {
      if (parser.currentToken() != JsonToken.VALUE_STRING) {
        throw invalid(member + " is a text, and not " + parser.getText());
      }
      return parser.getText();
    }

    private double number(String member) throws IOException {
      if (!parser.currentToken().isNumeric()) {
        throw invalid(member + " is a number, and not " + shown(parser.getText()));
      }
      return parser.getDoubleValue();
    }

    private Instant instant(String member, String text) {
      try {
        return times.require(member, OffsetDateTime.parse(text).toInstant());
      } catch (DateTimeException notOne) {
        throw new GermlineException(
            Fault.INVALID_REQUEST,
            "%s is a time such as 2026-03-03T12:00:00Z, and not %s".formatted(member, shown(text)),
            notOne);
      }
    }

    private String context() throws IOException {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw invalid("context is a JSON object");
      }
      return JSON.writeValueAsString(JSON.readTree(parser));
    }
  }

  private static String shown(String text) {
    return "'" + (text.length() > 64 ? text.substring(0, 64) + "…" : text) + "'";
  }

  private static GermlineException invalid(String detail) {
    return new GermlineException(Fault.INVALID_REQUEST, detail);
  }
}
