package dev.germline.core.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.germline.core.GermlineException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The header of a safetensors file, valid by every rule of addendum §4: it is at most 100,000,000
 * bytes of one JSON object without duplicate keys (spaces may follow it), every dtype is known, no
 * size overflows, and the tensors cover the data from its first byte to the file's last without gap
 * or overlap. Tensors without elements and scalars are fine.
 *
 * @param headerBytes length of the JSON, padding included
 * @param metadata the header's {@code __metadata__}
 * @param tensors in the order of their data
 */
public record Safetensors(
    long headerBytes, SortedMap<String, String> metadata, List<TensorSpan> tensors) {
  /** Longest header, in bytes. */
  public static final long MAX_HEADER = 100_000_000;

  private static final int PREFIX = 8;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(8)
                  .maxNumberLength(20)
                  .maxNameLength(Limits.NAME_BYTES)
                  .maxStringLength(Limits.METADATA_BYTES)
                  .build())
          .build();

  public Safetensors {
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    tensors = List.copyOf(tensors);
  }

  /** Where the data begins, from the start of the file. */
  public long dataStart() {
    return PREFIX + headerBytes;
  }

  /** Elements of all tensors together. */
  public long parameters() {
    return tensors.stream().mapToLong(Safetensors::elements).sum();
  }

  private static long elements(TensorSpan tensor) {
    return tensor.shape().stream().reduce(1L, (a, b) -> a * b);
  }

  /**
   * Reads and checks a header; the data is not read.
   *
   * @param file the name to use in messages
   * @throws GermlineException FILE_INVALID naming the rule and the value, LIMIT_EXCEEDED beyond
   *     262,144 tensors, 64 dimensions or 16 MiB of metadata
   * @throws IOException if the source fails
   */
  public static Safetensors read(String file, ByteSource source) throws IOException {
    var fault = new FileFault(file, FileFormat.SAFETENSORS);
    long size = source.size();
    if (size < PREFIX) {
      throw fault.invalid("it is " + size + " bytes long; the header's length alone takes 8");
    }
    var prefix = new Cursor(source, fault, 0, PREFIX);
    prefix.order(ByteOrder.LITTLE_ENDIAN);
    long header = prefix.i64("the header's length");
    if (Long.compareUnsigned(header, MAX_HEADER) > 0) {
      throw fault.invalid(
          "the header is "
              + Long.toUnsignedString(header)
              + " bytes long; at most "
              + MAX_HEADER
              + " are allowed");
    }
    if (header > size - PREFIX) {
      throw fault.invalid(
          "the header is " + header + " bytes long, but the file ends after " + (size - PREFIX));
    }
    return new Header(fault, PREFIX + header, size)
        .read(new Cursor(source, fault, PREFIX, PREFIX + header));
  }

  /** One parse of one header. */
  private static final class Header {
    private final FileFault fault;
    private final long dataStart;
    private final long fileSize;
    private final List<TensorSpan> tensors = new ArrayList<>();
    private final SortedMap<String, String> metadata = new TreeMap<>();
    private long metadataBytes;

    Header(FileFault fault, long dataStart, long fileSize) {
      this.fault = fault;
      this.dataStart = dataStart;
      this.fileSize = fileSize;
    }

    Safetensors read(Cursor cursor) throws IOException {
      long length = cursor.remaining();
      if (length == 0 || cursor.u8("the header") != '{') {
        throw fault.invalid("the header does not begin with '{'");
      }
      try (Reader text = utf8(cursor);
          JsonParser json = JSON.createParser(text)) {
        json.nextToken(); // the '{' that was read above, given again by utf8()
        while (json.nextToken() != JsonToken.END_OBJECT) {
          String name = json.currentName();
          json.nextToken();
          if (name.equals("__metadata__")) {
            metadata(json);
          } else {
            tensor(name, json);
          }
        }
        if (json.nextToken() != null) {
          throw fault.invalid("something follows the header's JSON object");
        }
      } catch (JsonProcessingException broken) {
        throw fault.invalid(
            "the header's JSON is broken at character "
                + (broken.getLocation() == null ? 0 : broken.getLocation().getCharOffset())
                + ": "
                + broken.getOriginalMessage().lines().findFirst().orElse(""),
            broken);
      } catch (CharacterCodingException notUtf8) {
        throw fault.invalid("the header is not UTF-8", notUtf8);
      }
      cover();
      return new Safetensors(length, metadata, tensors);
    }

    private static Reader utf8(Cursor cursor) {
      var brace = new ByteArrayInputStream(new byte[] {'{'});
      return new InputStreamReader(
          new SequenceInputStream(brace, cursor.stream()), StandardCharsets.UTF_8.newDecoder());
    }

    private void metadata(JsonParser json) throws IOException {
      expect(json, JsonToken.START_OBJECT, "__metadata__ is not an object of texts");
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String key = json.currentName();
        json.nextToken();
        expect(
            json, JsonToken.VALUE_STRING, "__metadata__ " + FileFault.show(key) + " is not a text");
        String value = json.getText();
        metadataBytes += key.length() + value.length();
        if (metadataBytes > Limits.METADATA_BYTES) {
          throw fault.tooMuch("characters of metadata", metadataBytes, Limits.METADATA_BYTES);
        }
        if (metadata.size() == Limits.METADATA_ENTRIES) {
          throw fault.tooMuch("metadata entries", metadata.size() + 1L, Limits.METADATA_ENTRIES);
        }
        metadata.put(key, value);
      }
    }

    private void tensor(String name, JsonParser json) throws IOException {
      if (tensors.size() == Limits.TENSORS) {
        throw fault.tooMuch("tensors", tensors.size() + 1L, Limits.TENSORS);
      }
      String what = "tensor " + FileFault.show(name);
      expect(json, JsonToken.START_OBJECT, what + " is not described by an object");
      String dtype = null;
      List<Long> shape = null;
      List<Long> offsets = null;
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String member = json.currentName();
        json.nextToken();
        switch (member) {
          case "dtype" -> {
            expect(json, JsonToken.VALUE_STRING, what + ": dtype is not a text");
            dtype = json.getText();
          }
          case "shape" -> shape = numbers(json, what + ": shape", Limits.DIMENSIONS);
          case "data_offsets" -> offsets = numbers(json, what + ": data_offsets", 2);
          default -> json.skipChildren(); // as the reference implementation does
        }
      }
      if (dtype == null || shape == null || offsets == null) {
        throw fault.invalid(what + " lacks dtype, shape or data_offsets");
      }
      if (offsets.size() != 2) {
        throw fault.invalid(what + ": data_offsets has " + offsets.size() + " numbers, not 2");
      }
      tensors.add(span(what, name, dtype, shape, offsets.get(0), offsets.get(1)));
    }

    private TensorSpan span(
        String what, String name, String dtype, List<Long> shape, long begin, long end) {
      SafetensorsType type = SafetensorsType.named(dtype);
      if (type == null) {
        throw fault.invalid(what + " has the unknown dtype " + FileFault.show(dtype));
      }
      if (end < begin || end > fileSize - dataStart) {
        throw fault.invalid(
            what
                + " has data_offsets ["
                + begin
                + ", "
                + end
                + "], but the data is "
                + (fileSize - dataStart)
                + " bytes long");
      }
      long bits = bits(what, type, shape);
      if (bits % 8 != 0) {
        throw fault.invalid(what + " has " + bits + " bits, which is no whole number of bytes");
      }
      if (bits / 8 != end - begin) {
        throw fault.invalid(
            what
                + " of "
                + type
                + " "
                + shape
                + " takes "
                + bits / 8
                + " bytes, but its data_offsets span "
                + (end - begin));
      }
      return new TensorSpan(name, dtype, shape, dataStart + begin, dataStart + end);
    }

    private long bits(String what, SafetensorsType type, List<Long> shape) {
      try {
        long elements = 1;
        for (long dimension : shape) {
          elements = Math.multiplyExact(elements, dimension);
        }
        return Math.multiplyExact(elements, type.bits());
      } catch (ArithmeticException overflow) {
        throw fault.invalid(what + " of " + type + " " + shape + " overflows 2^63 bits", overflow);
      }
    }

    private List<Long> numbers(JsonParser json, String what, int max) throws IOException {
      expect(json, JsonToken.START_ARRAY, what + " is not a list");
      var numbers = new ArrayList<Long>(Math.min(max, 4));
      while (json.nextToken() != JsonToken.END_ARRAY) {
        expect(json, JsonToken.VALUE_NUMBER_INT, what + " has an entry that is no whole number");
        if (numbers.size() == max) {
          throw fault.invalid(what + " has more than " + max + " entries");
        }
        if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER || json.getLongValue() < 0) {
          throw fault.invalid(what + " has the entry " + json.getText() + ", not in 0 to 2^63-1");
        }
        numbers.add(json.getLongValue());
      }
      return numbers;
    }

    /** The tensors follow each other from the first byte of data to the last of the file. */
    private void cover() {
      tensors.sort(
          Comparator.comparingLong(TensorSpan::begin)
              .thenComparingLong(TensorSpan::end)
              .thenComparing(TensorSpan::name));
      long next = dataStart;
      for (TensorSpan tensor : tensors) {
        if (tensor.begin() != next) {
          throw fault.invalid(
              "tensor "
                  + FileFault.show(tensor.name())
                  + " begins at data byte "
                  + (tensor.begin() - dataStart)
                  + ", but the one before it ends at "
                  + (next - dataStart));
        }
        next = tensor.end();
      }
      if (next != fileSize) {
        throw fault.invalid(
            "the tensors end at data byte "
                + (next - dataStart)
                + ", but the data is "
                + (fileSize - dataStart)
                + " bytes long");
      }
    }

    private void expect(JsonParser json, JsonToken token, String otherwise) {
      @Nullable JsonToken given = json.currentToken();
      if (given != token) {
        throw fault.invalid(otherwise);
      }
    }
  }
}
