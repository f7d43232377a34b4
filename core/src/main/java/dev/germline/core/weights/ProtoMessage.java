package dev.germline.core.weights;

import java.io.IOException;

/**
 * Walks the fields of one protobuf message inside a {@link Cursor} that later messages share, so a
 * message of any length costs no memory. Groups, which no proto3 file has, are refused.
 */
final class ProtoMessage {
  static final int VARINT = 0;
  static final int LENGTH = 2;

  private static final int FIXED64 = 1;
  private static final int FIXED32 = 5;

  private final Cursor cursor;
  private final FileFault fault;
  private final String what;
  private final long end;
  private int field;
  private int wire;
  private boolean consumed = true;

  ProtoMessage(Cursor cursor, FileFault fault, String what, long length) {
    this.cursor = cursor;
    this.fault = fault;
    this.what = what;
    this.end = cursor.position() + length;
  }

  /** Goes to the next field, passing over the value of the last one if nobody took it. */
  boolean next() throws IOException {
    if (!consumed) {
      skip();
    }
    if (cursor.position() == end) {
      return false;
    }
    long tag = raw();
    wire = (int) (tag & 7);
    if (tag >>> 3 == 0 || tag >>> 3 > 0x1fff_ffff) {
      throw fault.invalid(
          what + " has the field number " + (tag >>> 3) + " at byte " + cursor.position());
    }
    field = (int) (tag >>> 3);
    consumed = false;
    return true;
  }

  /** Whether bytes of this message are left; for packed fields, which have no tags. */
  boolean more() {
    return cursor.position() < end;
  }

  int field() {
    return field;
  }

  boolean is(int wireType) {
    return wire == wireType;
  }

  long varint() throws IOException {
    expect(VARINT);
    return raw();
  }

  String text(int max) throws IOException {
    long length = length();
    return cursor.text(length, max, what + " field " + field);
  }

  /** A message inside this one, to be walked to its end before this one goes on. */
  ProtoMessage message(String name) throws IOException {
    return new ProtoMessage(cursor, fault, name, length());
  }

  /** The length of a length-delimited value, which lies inside this message. */
  long length() throws IOException {
    expect(LENGTH);
    long length = raw();
    if (length < 0 || length > end - cursor.position()) {
      throw fault.invalid(
          what
              + " field "
              + field
              + " is "
              + Long.toUnsignedString(length)
              + " bytes long, but only "
              + (end - cursor.position())
              + " remain");
    }
    return length;
  }

  /** A varint inside a packed field, bounded by this message. */
  long raw() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (cursor.position() >= end) {
        throw fault.invalid(what + " ends inside a number at byte " + cursor.position());
      }
      int b = cursor.u8(what);
      value |= (long) (b & 0x7f) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw fault.invalid(what + " has a number of more than 10 bytes at byte " + cursor.position());
  }

  private void expect(int wireType) {
    if (wire != wireType) {
      throw fault.invalid(
          what + " field " + field + " has wire type " + wire + ", not " + wireType);
    }
    consumed = true;
  }

  private void skip() throws IOException {
    switch (wire) {
      case VARINT -> varint();
      case LENGTH -> cursor.skip(length(), what);
      case FIXED64 -> fixed(8);
      case FIXED32 -> fixed(4);
      default ->
          throw fault.invalid(what + " field " + field + " has the unknown wire type " + wire);
    }
  }

  private void fixed(int bytes) {
    consumed = true;
    if (bytes > end - cursor.position()) {
      throw fault.invalid(what + " ends inside field " + field);
    }
    cursor.skip(bytes, what);
  }
}
