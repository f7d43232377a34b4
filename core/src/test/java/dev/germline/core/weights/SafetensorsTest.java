package dev.germline.core.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  private static final String A = "{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}";

  @Test
  void readsTensorsAndMetadata() throws IOException {
    Safetensors file = read(WeightFiles.lora());

    assertThat(file.metadata()).containsEntry("format", "pt");
    assertThat(file.tensors())
        .extracting(TensorSpan::dtype, TensorSpan::shape, TensorSpan::bytes)
        .containsExactly(tuple("F32", List.of(2L, 4L), 32L), tuple("BF16", List.of(4L, 2L), 16L));
    assertThat(file.tensors().getFirst().begin()).isEqualTo(file.dataStart());
    assertThat(file.tensors().getLast().end()).isEqualTo(WeightFiles.lora().length);
    assertThat(file.parameters()).isEqualTo(16);
  }

  /** The odd but valid: what the reference implementation takes too. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                                   | 0
          {"__metadata__":{}}                                                  | 0
          {"s":{"dtype":"F64","shape":[],"data_offsets":[0,8]}}                | 8
          {"z":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}               | 0
          {"z":{"dtype":"F32","shape":[0,9223372036854775807],"data_offsets":[0,0]}} | 0
          {"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"z":{"dtype":"I64","shape":[2,0],"data_offsets":[4,4]},"b":{"dtype":"I8","shape":[1,1,1,2],"data_offsets":[4,6]}} | 6
          {"b":{"dtype":"U8","shape":[2],"data_offsets":[4,6]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} | 6
          {"q":{"dtype":"F4","shape":[3,2],"data_offsets":[0,3]}}              | 3
          {"q":{"dtype":"F6_E2M3","shape":[4],"data_offsets":[0,3]}}           | 3
          {"q":{"dtype":"C64","shape":[1],"data_offsets":[0,8],"later":{"x":[1]}}} | 8
          {"":{"dtype":"BOOL","shape":[1],"data_offsets":[0,1]}}               | 1
          {"a":{"data_offsets":[0,1],"shape":[1],"dtype":"F8_E8M0"}}           | 1
          """)
  void takesOddButValidFiles(String header, int dataBytes) throws IOException {
    assertThat(read(WeightFiles.safetensors(header, dataBytes))).isNotNull();
    assertThat(read(WeightFiles.safetensors(header + " ".repeat(77), dataBytes)).headerBytes())
        .isEqualTo(header.getBytes(StandardCharsets.UTF_8).length + 77);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"a":A,"a":A}                                                   | 8  | Duplicate
          {"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}} | 8 | Duplicate
          {"__metadata__":{"k":"v","k":"w"},"a":A}                        | 8  | Duplicate
          {"__metadata__":{"k":1},"a":A}                                  | 8  | __metadata__ 'k' is not a text
          {"__metadata__":[],"a":A}                                       | 8  | __metadata__ is not an object
          {"a":A}                                                         | 9  | the tensors end at data byte 8, but the data is 9
          {"a":A}                                                         | 7  | data_offsets [0, 8], but the data is 7
          {}                                                              | 1  | the tensors end at data byte 0
          {"a":{"dtype":"F33","shape":[2],"data_offsets":[0,8]}}          | 8  | unknown dtype 'F33'
          {"a":{"dtype":"f32","shape":[2],"data_offsets":[0,8]}}          | 8  | unknown dtype 'f32'
          {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}          | 8  | takes 12 bytes, but its data_offsets span 8
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}          | 8  | data_offsets [8, 0]
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}         | 12 | begins at data byte 4, but the one before it ends at 0
          {"a":A,"b":{"dtype":"U8","shape":[2],"data_offsets":[7,9]}}     | 9  | begins at data byte 7, but the one before it ends at 8
          {"a":A,"b":A}                                                   | 8  | begins at data byte 0, but the one before it ends at 8
          {"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}} | 8 | overflows
          {"a":{"dtype":"F64","shape":[2305843009213693952],"data_offsets":[0,0]}} | 0 | overflows
          {"a":{"dtype":"F32","shape":[18446744073709551616],"data_offsets":[0,8]}} | 8 | not in 0 to 2^63-1
          {"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}         | 8  | not in 0 to 2^63-1
          {"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}        | 8  | no whole number
          {"a":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}            | 8  | shape is not a list
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}            | 8  | data_offsets has 1 numbers
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,8]}}        | 8  | more than 2 entries
          {"a":{"dtype":"F32","shape":[2]}}                               | 8  | lacks dtype, shape or data_offsets
          {"a":{"dtype":7,"shape":[2],"data_offsets":[0,8]}}              | 8  | dtype is not a text
          {"a":[]}                                                        | 8  | is not described by an object
          {"q":{"dtype":"F4","shape":[3],"data_offsets":[0,2]}}           | 2  | no whole number of bytes
          {"a":A} x                                                       | 8  | broken
          {"a":A}{}                                                       | 8  | something follows
          {"a":A                                                          | 8  | broken
          [1]                                                             | 0  | does not begin with '{'
          """)
  void refusesWhatBreaksARule(String header, int dataBytes, String rule) {
    assertInvalid(WeightFiles.safetensors(header.replace("A", A), dataBytes), rule);
  }

  @Test
  void refusesFilesWithoutAnHonestHeaderLength() {
    assertInvalid(new byte[0], "0 bytes long");
    assertInvalid(new byte[7], "7 bytes long");
    assertInvalid(length(-1), "18446744073709551615 bytes long; at most 100000000");
    assertInvalid(length(100_000_001), "at most 100000000");
    assertInvalid(length(100_000_000), "the file ends after 2");
    assertInvalid(length(0), "does not begin with '{'");
  }

  @Test
  void refusesAByteOrderMarkAndLeadingSpace() {
    assertInvalid(WeightFiles.safetensors(" {}", 0), "does not begin with '{'");
    assertInvalid(WeightFiles.safetensors("\ufeff{}", 0), "does not begin with '{'");
  }

  @Test
  void refusesHeadersThatAreNotUtf8() {
    byte[] file = WeightFiles.safetensors("{\"?\":{}}", 0);
    file[10] = (byte) 0xff;
    assertInvalid(file, "not UTF-8");
  }

  @Test
  void refusesTooManyTensorsBeforeTheyFillMemory() {
    var header = new StringBuilder("{");
    for (int i = 0; i <= Limits.TENSORS; i++) {
      header.append(i == 0 ? "\"" : ",\"").append(i);
      header.append("\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}");
    }
    assertThatThrownBy(() -> read(WeightFiles.safetensors(header.append('}').toString(), 0)))
        .isInstanceOfSatisfying(
            GermlineException.class,
            refused -> assertThat(refused.fault()).isEqualTo(Fault.LIMIT_EXCEEDED));
  }

  @Test
  void readsOnlyTheHeaderOfAHugeFile() throws IOException {
    long dataBytes = 1L << 40;
    String header =
        "{\"w\":{\"dtype\":\"U8\",\"shape\":["
            + dataBytes
            + "],\"data_offsets\":[0,"
            + dataBytes
            + "]}}";
    byte[] start = WeightFiles.safetensors(header, 0);
    ByteSource huge =
        new ByteSource() {
          @Override
          public long size() {
            return start.length + dataBytes;
          }

          @Override
          public byte[] read(long offset, int length) {
            assertThat(offset + length).isLessThanOrEqualTo(start.length);
            return Arrays.copyOfRange(start, (int) offset, (int) offset + length);
          }
        };

    assertThat(Safetensors.read("huge.safetensors", huge).tensors().getFirst().bytes())
        .isEqualTo(dataBytes);
  }

  private static byte[] length(long header) {
    return ByteBuffer.allocate(10)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header)
        .put("{}".getBytes(StandardCharsets.US_ASCII))
        .array();
  }

  private static Safetensors read(byte[] bytes) throws IOException {
    return Safetensors.read("adapter_model.safetensors", ByteSource.of(bytes));
  }

  private static void assertInvalid(byte[] bytes, String rule) {
    WeightFiles.assertInvalid(
        () -> read(bytes), "'adapter_model.safetensors' is not valid safetensors: ", rule);
  }
}
