package dev.germline.blobstore.encoding;

import com.github.luben.zstd.SequenceProducer;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Tells zstd that a block has no matches: what remains is its Huffman coder, several times as fast
 * as searching where there is nothing to find. The frames are ordinary ones.
 *
 * <p>zstd calls back into Java once a block, which is not allowed while it holds a Java array:
 * compress from and to direct buffers only.
 */
final class LiteralsOnly implements SequenceProducer {
  /** A ZSTD_Sequence is four ints: offset, literals, match length, repeat. */
  private static final long SEQUENCE_BYTES = 16;

  private static final long FUNCTION = function();

  @SuppressWarnings("restricted") // native access is switched on for every JVM of ours
  private static long function() {
    try {
      var call =
          MethodHandles.lookup()
              .findStatic(
                  LiteralsOnly.class,
                  "produce",
                  MethodType.methodType(
                      long.class,
                      MemorySegment.class,
                      MemorySegment.class,
                      long.class,
                      MemorySegment.class,
                      long.class,
                      MemorySegment.class,
                      long.class,
                      int.class,
                      long.class));
      var address = ValueLayout.ADDRESS;
      var size = ValueLayout.JAVA_LONG;
      return Linker.nativeLinker()
          .upcallStub(
              call,
              FunctionDescriptor.of(
                  size,
                  address,
                  address,
                  size,
                  address,
                  size,
                  address,
                  size,
                  ValueLayout.JAVA_INT,
                  size),
              Arena.global())
          .address();
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** ZSTD_sequenceProducer_F (zstd.h): one sequence that says "the rest is literals". */
  @SuppressWarnings({"restricted", "UnusedVariable", "UnusedMethod"}) // called through its handle
  private static long produce(
      MemorySegment state,
      MemorySegment sequences,
      long capacity,
      MemorySegment block,
      long blockBytes,
      MemorySegment dictionary,
      long dictionaryBytes,
      int level,
      long window) {
    MemorySegment last = sequences.reinterpret(SEQUENCE_BYTES);
    last.set(ValueLayout.JAVA_INT, 0, 0);
    last.set(ValueLayout.JAVA_INT, 4, (int) blockBytes);
    last.set(ValueLayout.JAVA_INT, 8, 0);
    last.set(ValueLayout.JAVA_INT, 12, 0);
    return 1;
  }

  @Override
  public long getFunctionPointer() {
    return FUNCTION;
  }

  @Override
  public long createState() {
    return 0;
  }

  @Override
  public void freeState(long state) {}
}
