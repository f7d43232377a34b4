package dev.germline.core.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.core.GermlineException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code adapter_config.json} of a PEFT adapter says (addendum §4). Members that are not read
 * here are passed over: every PEFT release adds some.
 *
 * @param peftType {@code LORA} or another method's name
 * @param baseModel {@code base_model_name_or_path}: a Hub name, or a path on the machine that
 *     trained it
 * @param revision of the base model
 * @param rank {@code r}; 0 for methods that have none
 * @param alpha {@code lora_alpha}; 0 for methods that have none
 * @param dropout {@code lora_dropout}, from 0 to 1
 * @param targetModules names, or the one pattern where PEFT was given a text
 * @param targetModulesArePattern whether {@code target_modules} is a text: a regular expression, or
 *     {@code all-linear}
 * @param modulesToSave modules stored whole beside the adapter
 */
public record PeftAdapter(
    String peftType,
    @Nullable String baseModel,
    @Nullable String revision,
    int rank,
    double alpha,
    double dropout,
    List<String> targetModules,
    boolean targetModulesArePattern,
    List<String> modulesToSave) {
  /** Name of the configuration in an adapter's folder. */
  public static final String CONFIG = "adapter_config.json";

  /** Name of the weights in an adapter's folder. */
  public static final String WEIGHTS = "adapter_model.safetensors";

  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_TEXT = 4096;
  private static final int MAX_MODULES = 4096;
  private static final Pattern HUB_NAME =
      Pattern.compile("[A-Za-z0-9][\\w.-]{0,95}(/[A-Za-z0-9][\\w.-]{0,95})?");
  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(32)
                          .maxNumberLength(64)
                          .maxDocumentLength(MAX_BYTES)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  public PeftAdapter {
    targetModules = List.copyOf(targetModules);
    modulesToSave = List.copyOf(modulesToSave);
  }

  /** Whether this is a LoRA adapter, which has a rank. */
  public boolean isLora() {
    return peftType.equals("LORA");
  }

  /**
   * Whether {@link #baseModel} is a path on some machine and so names no model to anyone else: the
   * parent must then be pinned by digest by whoever publishes the adapter.
   */
  public boolean baseIsLocalPath() {
    return baseModel != null && !HUB_NAME.matcher(baseModel).matches();
  }

  /**
   * Reads {@code adapter_config.json}, of at most 1 MiB.
   *
   * @param file the name to use in messages
   * @throws GermlineException FILE_INVALID naming the member and the value, LIMIT_EXCEEDED
   * @throws IOException if the source fails
   */
  public static PeftAdapter read(String file, ByteSource source) throws IOException {
    var fault = new FileFault(file, FileFormat.PEFT_CONFIG);
    return new Config(fault, object(fault, source)).adapter();
  }

  /** The one JSON object that a configuration of at most 1 MiB is. */
  static ObjectNode object(FileFault fault, ByteSource source) throws IOException {
    if (source.size() > MAX_BYTES) {
      throw fault.tooMuch("bytes", source.size(), MAX_BYTES);
    }
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(source.read(0, (int) source.size())))
              .toString();
      if (JSON.readTree(text) instanceof ObjectNode config) {
        return config;
      }
      throw fault.invalid("it is not one JSON object");
    } catch (JsonProcessingException broken) {
      throw fault.invalid(
          "its JSON is broken: " + broken.getOriginalMessage().lines().findFirst().orElse(""),
          broken);
    } catch (CharacterCodingException notUtf8) {
      throw fault.invalid("it is not UTF-8", notUtf8);
    }
  }

  private record Config(FileFault fault, ObjectNode tree) {
    PeftAdapter adapter() {
      String peftType = text("peft_type");
      if (peftType == null) {
        throw fault.invalid("peft_type is missing; PEFT writes one such as LORA");
      }
      boolean lora = peftType.equals("LORA");
      JsonNode target = tree.path("target_modules");
      return new PeftAdapter(
          peftType,
          text("base_model_name_or_path"),
          text("revision"),
          lora ? rank() : 0,
          lora ? number("lora_alpha", 8, Double.MIN_VALUE, 1e9) : 0,
          lora ? number("lora_dropout", 0, 0, 1) : 0,
          modules("target_modules"),
          target.isTextual(),
          modules("modules_to_save"));
    }

    private @Nullable String text(String member) {
      JsonNode value = tree.path(member);
      if (value.isMissingNode() || value.isNull()) {
        return null;
      }
      return text(member, value);
    }

    private String text(String member, JsonNode value) {
      if (!value.isTextual() || value.textValue().isBlank()) {
        throw wrong(member, value, "a text");
      }
      if (value.textValue().length() > MAX_TEXT) {
        throw fault.tooMuch("characters in " + member, value.textValue().length(), MAX_TEXT);
      }
      return FileFault.printable(value.textValue());
    }

    private int rank() {
      JsonNode value = tree.path("r");
      if (!value.isInt() || value.intValue() < 1 || value.intValue() > 65_536) {
        throw wrong("r", value, "a whole number from 1 to 65536");
      }
      return value.intValue();
    }

    /** A number, or PEFT's own default where it is left out. */
    private double number(String member, double otherwise, double low, double high) {
      JsonNode value = tree.path(member);
      if (value.isMissingNode()) {
        return otherwise;
      }
      if (!value.isNumber() || !(value.doubleValue() >= low && value.doubleValue() <= high)) {
        throw wrong(member, value, "a number from " + low + " to " + high);
      }
      return value.doubleValue();
    }

    private List<String> modules(String member) {
      JsonNode value = tree.path(member);
      if (value.isMissingNode() || value.isNull()) {
        return List.of();
      }
      if (value.isTextual()) {
        return List.of(text(member, value));
      }
      if (!value.isArray()) {
        throw wrong(member, value, "a text or a list of texts");
      }
      if (value.size() > MAX_MODULES) {
        throw fault.tooMuch(member, value.size(), MAX_MODULES);
      }
      var modules = new ArrayList<String>(value.size());
      value.forEach(module -> modules.add(text(member, module)));
      return modules;
    }

    private GermlineException wrong(String member, JsonNode value, String expected) {
      String shown = value.isMissingNode() ? "missing" : FileFault.show(value.toString());
      return fault.invalid(member + " is " + shown + "; it must be " + expected);
    }
  }
}
