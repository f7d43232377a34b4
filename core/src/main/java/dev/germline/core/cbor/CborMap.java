package dev.germline.core.cbor;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** A CBOR map under construction; its keys end up in the bytewise order of RFC 8949 4.2.1. */
public final class CborMap {
  private final TreeMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);

  public CborMap put(String key, long value) {
    return put(key, new CborWriter().integer(value));
  }

  public CborMap put(String key, String value) {
    return put(key, new CborWriter().text(value));
  }

  public CborMap put(String key, byte[] value) {
    return put(key, new CborWriter().bytes(value));
  }

  /** Adds a value that has been written already. */
  public CborMap put(String key, CborWriter value) {
    return putEncoded(new CborWriter().text(key).toBytes(), value.toBytes());
  }

  /** Adds a pair whose both sides are encoded already. */
  public CborMap putEncoded(byte[] key, byte[] value) {
    if (entries.put(key, value) != null) {
      throw new IllegalArgumentException("a key is given twice");
    }
    return this;
  }

  /** Writes the map. */
  public void writeTo(CborWriter out) {
    out.map(entries.size());
    for (Map.Entry<byte[], byte[]> entry : entries.entrySet()) {
      out.raw(entry.getKey()).raw(entry.getValue());
    }
  }

  public byte[] toBytes() {
    CborWriter out = new CborWriter();
    writeTo(out);
    return out.toBytes();
  }
}
