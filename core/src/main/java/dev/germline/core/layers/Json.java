package dev.germline.core.layers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.GitBlobId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * The one way JSON of this package is read and written: bounded, strict UTF-8, no duplicate keys,
 * nothing coerced; written by RFC 8785.
 */
final class Json {
  /** Largest document read, in bytes: 4,096 files with full metadata stay well below. */
  static final int MAX_BYTES = 8 << 20;

  private static final int MAX_DEPTH = 32;
  private static final int MAX_NUMBER = 64;
  private static final int MAX_KEY = 1024;

  private static final Set<Class<?>> TEXTS =
      Set.of(
          String.class,
          LayerName.class,
          LayerFamily.class,
          VersionRange.class,
          Digest.class,
          FilePath.class,
          GitBlobId.class,
          SpdxExpression.class,
          Share.class,
          Instant.class,
          LocalDate.class,
          Duration.class);

  private static final ObjectMapper STRICT = mapper(true);
  private static final ObjectMapper LENIENT = mapper(false);

  private Json() {}

  /**
   * Parses bytes that must hold one JSON object.
   *
   * @throws GermlineException MALFORMED_JSON, or LIMIT_EXCEEDED for size, depth and long numbers
   */
  static ObjectNode object(byte[] json) {
    if (json.length > MAX_BYTES) {
      throw new GermlineException(
          Fault.LIMIT_EXCEEDED,
          "the document is " + json.length + " bytes long; at most " + MAX_BYTES + " are taken");
    }
    try {
      if (STRICT.readTree(utf8(json)) instanceof ObjectNode object) {
        return object;
      }
    } catch (StreamConstraintsException tooMuch) {
      throw new GermlineException(Fault.LIMIT_EXCEEDED, Bindings.where(tooMuch), tooMuch);
    } catch (MismatchedInputException trailing) {
      throw new GermlineException(
          Fault.MALFORMED_JSON, "something follows the JSON object; send one object", trailing);
    } catch (JsonProcessingException broken) {
      throw new GermlineException(Fault.MALFORMED_JSON, Bindings.where(broken), broken);
    }
    throw new GermlineException(Fault.MALFORMED_JSON, "the document is not one JSON object");
  }

  /**
   * Binds a tree to a record of this package.
   *
   * @param strict whether members that the record does not have are refused
   * @throws GermlineException with the JSON path of what is wrong
   */
  static <T> T bind(ObjectNode tree, Class<T> type, boolean strict) {
    try {
      return (strict ? STRICT : LENIENT).treeToValue(tree, type);
    } catch (JsonProcessingException unfit) {
      throw Bindings.explain(unfit);
    }
  }

  static ObjectNode tree(Object value) {
    return STRICT.valueToTree(value);
  }

  /** The bytes RFC 8785 gives this tree. */
  static byte[] canonical(JsonNode tree) {
    try {
      return new JsonCanonicalizer(STRICT.writeValueAsString(tree)).getEncodedUTF8();
    } catch (IOException impossible) {
      throw new IllegalStateException("a record of ours is not JSON", impossible);
    }
  }

  private static String utf8(byte[] json) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new GermlineException(
          Fault.MALFORMED_JSON, "the document is not UTF-8; send it so encoded", notUtf8);
    }
  }

  private static ObjectMapper mapper(boolean strict) {
    var factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER)
                    .maxNameLength(MAX_KEY)
                    .maxStringLength(MAX_BYTES)
                    .maxDocumentLength(MAX_BYTES)
                    .build())
            .build();
    JsonMapper mapper =
        JsonMapper.builder(factory)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
            .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, strict)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .addModule(scalars())
            .build();
    mapper.setDefaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL));
    for (CoercionInputShape shape :
        List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
      mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
    }
    mapper
        .coercionConfigDefaults()
        .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail);
    // Absent and empty lists mean the same here: one of the two is canonical, and a list that a
    // later version adds leaves the bytes of earlier records as they are.
    for (Class<?> collection : List.of(List.class, Map.class, SortedMap.class)) {
      mapper
          .configOverride(collection)
          .setInclude(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS));
    }
    return mapper;
  }

  /** Whether values of this type are written as one JSON string. */
  static boolean isText(Class<?> type) {
    return TEXTS.contains(type);
  }

  private static SimpleModule scalars() {
    var module = new SimpleModule("germline-scalars");
    scalar(module, LayerName.class, LayerName::parse);
    scalar(module, LayerFamily.class, LayerFamily::parse);
    scalar(module, VersionRange.class, VersionRange::parse);
    scalar(module, Digest.class, Digest::parse);
    scalar(module, FilePath.class, FilePath::parse);
    scalar(module, GitBlobId.class, GitBlobId::parse);
    scalar(module, SpdxExpression.class, SpdxExpression::parse);
    scalar(module, Share.class, Share::parse);
    scalar(
        module, Instant.class, time("a time in UTC such as 2026-03-03T12:00:00Z", Instant::parse));
    scalar(module, LocalDate.class, time("a date such as 2026-03-03", LocalDate::parse));
    scalar(module, Duration.class, time("a duration such as P30D or PT12H", Duration::parse));
    return module;
  }

  private static <T> Function<String, T> time(String what, Function<CharSequence, T> parse) {
    return text -> {
      try {
        return parse.apply(text);
      } catch (DateTimeException | ArithmeticException notATime) {
        throw new GermlineException(
            Fault.INVALID_LAYER, Check.show(text) + " is not read; give " + what, notATime);
      }
    };
  }

  private static <T> void scalar(SimpleModule module, Class<T> type, Function<String, T> parse) {
    module.addSerializer(type, new ToStringSerializer(type));
    module.addDeserializer(type, new TextDeserializer<>(type, parse));
  }

  private static final class TextDeserializer<T> extends StdScalarDeserializer<T> {
    private final transient Function<String, T> parse;

    TextDeserializer(Class<T> type, Function<String, T> parse) {
      super(type);
      this.parse = parse;
    }

    @Override
    @SuppressWarnings("unchecked")
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      if (!parser.hasToken(JsonToken.VALUE_STRING)) {
        return (T) context.handleUnexpectedToken(handledType(), parser);
      }
      return parse.apply(parser.getText());
    }
  }
}
