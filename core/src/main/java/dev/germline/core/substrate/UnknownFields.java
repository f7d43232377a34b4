package dev.germline.core.substrate;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a CBOR map that this version does not know, as encoded: what a newer device wrote
 * is written again unchanged (CP-001 Backwards Compatibility). Immutable; equal by bytes.
 */
public final class UnknownFields {
  /** No unknown fields. */
  public static final UnknownFields NONE = new UnknownFields(List.of());

  private final List<Field> fields;

  private UnknownFields(List<Field> fields) {
    this.fields = fields;
  }

  /** These fields, which must be in ascending order of their encoded keys. */
  public static UnknownFields of(List<Field> fields) {
    for (int i = 1; i < fields.size(); i++) {
      if (Arrays.compareUnsigned(fields.get(i - 1).key, fields.get(i).key) >= 0) {
        throw new IllegalArgumentException("unknown fields out of order");
      }
    }
    return fields.isEmpty() ? NONE : new UnknownFields(List.copyOf(fields));
  }

  /** Ascending by encoded key. */
  public List<Field> fields() {
    return fields;
  }

  public boolean isEmpty() {
    return fields.isEmpty();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UnknownFields u && fields.equals(u.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  @Override
  public String toString() {
    return fields.size() + " unknown fields";
  }

  /** One key and its value, both as encoded CBOR items. */
  public static final class Field {
    private final byte[] key;
    private final byte[] value;

    public Field(byte[] key, byte[] value) {
      this.key = key.clone();
      this.value = value.clone();
    }

    /** A copy of the encoded key. */
    public byte[] key() {
      return key.clone();
    }

    /** A copy of the encoded value. */
    public byte[] value() {
      return value.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Field f && Arrays.equals(key, f.key) && Arrays.equals(value, f.value);
    }

    @Override
    public int hashCode() {
      return Objects.hash(Arrays.hashCode(key), Arrays.hashCode(value));
    }
  }
}
