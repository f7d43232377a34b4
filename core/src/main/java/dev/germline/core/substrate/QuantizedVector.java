package dev.germline.core.substrate;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An embedding vector of signed 16-bit components, -32767 to 32767 (CP-001 section 3). Immutable;
 * equal by components.
 */
public final class QuantizedVector {
  /** The most components a vector has. */
  public static final int MAX_DIMENSION = 65_535;

  private final short[] components;

  private QuantizedVector(short[] components) {
    Require.that(
        components.length >= 1 && components.length <= MAX_DIMENSION,
        "a vector has 1 to " + MAX_DIMENSION + " components, not " + components.length);
    for (short c : components) {
      Require.that(c != Short.MIN_VALUE, "a component is -32767 to 32767, not -32768");
    }
    this.components = components;
  }

  /** A vector of these components (copied). */
  public static QuantizedVector of(short... components) {
    return new QuantizedVector(components.clone());
  }

  /**
   * Quantises a vector: each component times 32767, rounded half to even, clamped to ±32767
   * (addendum 1). The product is exact in binary64, so every machine gets the same.
   *
   * @throws dev.germline.core.GermlineException INVALID_ENTITY for NaN or an infinity
   */
  public static QuantizedVector quantize(float... vector) {
    short[] components = new short[vector.length];
    for (int i = 0; i < vector.length; i++) {
      Require.that(Float.isFinite(vector[i]), "component " + i + " is not a finite number");
      components[i] = (short) Math.clamp(Math.rint(vector[i] * 32767.0), -32767.0, 32767.0);
    }
    return new QuantizedVector(components);
  }

  /** The vector written as two little-endian bytes a component. */
  public static QuantizedVector fromBytes(byte[] littleEndian) {
    Require.that(littleEndian.length % 2 == 0, "a vector has two bytes a component");
    short[] components = new short[littleEndian.length / 2];
    for (int i = 0; i < components.length; i++) {
      components[i] = LittleEndian.getShort(littleEndian, 2 * i);
    }
    return new QuantizedVector(components);
  }

  public int dimension() {
    return components.length;
  }

  public short get(int index) {
    return components[index];
  }

  /** The squared L2 norm, exactly. */
  public long squaredNorm() {
    long sum = 0;
    for (short c : components) {
      sum += (long) c * c;
    }
    return sum;
  }

  /** Two little-endian bytes a component. */
  public byte[] bytes() {
    byte[] out = new byte[2 * components.length];
    for (int i = 0; i < components.length; i++) {
      LittleEndian.putShort(out, 2 * i, components[i]);
    }
    return out;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof QuantizedVector v && Arrays.equals(components, v.components);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(components);
  }

  @Override
  public String toString() {
    return "vector of " + components.length;
  }
}
