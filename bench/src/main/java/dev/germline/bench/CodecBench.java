package dev.germline.bench;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import dev.germline.blobstore.encoding.ElementType;
import dev.germline.blobstore.encoding.PieceCodec;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the encodings make of real weights: BAAI's bge-small-en 1.5 alone and with its predecessor
 * as the parent, beside zstd -3 and XOR + planes + zstd -1. Sizes are of all tensors, cut into
 * pieces of 4 MiB, every header included; everything decoded is compared. Speeds are bytes of
 * weights for a second of one thread's processor time, medians of rounds in which the contenders
 * take turns.
 */
final class CodecBench {
  private static final String TOUR = "cli/target/dist/tour/";
  private static final int WARM_UPS = 4;
  private static final int ROUNDS = 9;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private CodecBench() {}

  /** Adds the figures; {@code root} is the checkout, whose build unpacks the weights. */
  static void run(Report report, Path root) throws IOException {
    Model parent = Model.read(root.resolve(TOUR + "bge-small-en-1.0.0/bge-small-en.onnx"));
    Model child = Model.read(root.resolve(TOUR + "bge-small-en-1.5.0/bge-small-en-v1.5.onnx"));
    if (!child.alignsWith(parent)) {
      throw new IllegalStateException("the two models have other tensors");
    }
    Model child16 = child.as(ElementType.BF16);
    Model parent16 = parent.as(ElementType.BF16);

    Figures[] alone = measure(ROUNDS, new Ours(child16, null), new Zstd3(child16));
    row(report, "bf16", "Ratio", "zstd -3", alone);
    speeds(report, "bf16", "zstd -3", alone);

    Figures[] bf16 = measure(ROUNDS, new Ours(child16, parent16), new Xor(child16, parent16));
    String xor = "xor + planes + zstd -1";
    row(report, "bf16", "ParentRatio", xor, bf16);
    report.add("bf16ParentXorRatio", bf16[1].ratio(), "", "zstd -3", alone[1].ratio());
    speeds(report, "parent", xor, bf16);

    Model childF16 = child.as(ElementType.F16);
    Model parentF16 = parent.as(ElementType.F16);
    row(
        report,
        "fp16",
        "Ratio",
        "zstd -3",
        measure(1, new Ours(childF16, null), new Zstd3(childF16)));
    row(
        report,
        "fp16",
        "ParentRatio",
        xor,
        measure(1, new Ours(childF16, parentF16), new Xor(childF16, parentF16)));
    row(report, "fp32", "Ratio", "zstd -3", measure(1, new Ours(child, null), new Zstd3(child)));
    row(
        report,
        "fp32",
        "ParentRatio",
        xor,
        measure(1, new Ours(child, parent), new Xor(child, parent)));
  }

  private static void row(
      Report report, String type, String name, String peer, Figures[] ourAndPeer) {
    report.add(type + name, ourAndPeer[0].ratio(), "", peer, ourAndPeer[1].ratio());
  }

  private static void speeds(Report report, String name, String peer, Figures[] both) {
    report.add(name + "EncodeMBs", both[0].encode(), "MB/s", peer, both[1].encode());
    report.add(name + "DecodeMBs", both[0].decode(), "MB/s", peer, both[1].decode());
  }

  /** Size after by size before; MB/s. */
  private record Figures(double ratio, double encode, double decode) {}

  /** The contenders' figures, in their order. */
  private static Figures[] measure(int rounds, Contender... contenders) throws IOException {
    int warmUps = rounds == 1 ? 0 : WARM_UPS;
    double[][] encode = new double[contenders.length][rounds];
    double[][] decode = new double[contenders.length][rounds];
    double[] ratio = new double[contenders.length];
    for (int round = -warmUps; round < rounds; round++) {
      for (int c = 0; c < contenders.length; c++) {
        byte[] bytes = contenders[c].model.bytes();
        byte[] back = new byte[bytes.length];
        long start = THREADS.getCurrentThreadCpuTime();
        long size = contenders[c].encode();
        long between = THREADS.getCurrentThreadCpuTime();
        contenders[c].decode(back);
        long end = THREADS.getCurrentThreadCpuTime();
        if (!Arrays.equals(bytes, back)) {
          throw new IllegalStateException(contenders[c] + " does not give the bytes back");
        }
        if (round >= 0) {
          encode[c][round] = bytes.length * 1e3 / (between - start);
          decode[c][round] = bytes.length * 1e3 / (end - between);
          ratio[c] = size / (double) bytes.length;
        }
      }
    }
    Figures[] figures = new Figures[contenders.length];
    for (int c = 0; c < contenders.length; c++) {
      contenders[c].close();
      figures[c] = new Figures(ratio[c], Timing.median(encode[c]), Timing.median(decode[c]));
    }
    return figures;
  }

  /** A way to make a model smaller, piece by piece. */
  private abstract static class Contender {
    final Model model;
    final byte[] out;
    private final int[] frames;
    private int count;

    Contender(Model model) {
      this.model = model;
      this.out = new byte[(int) Zstd.compressBound(model.bytes().length) + (1 << 20)];
      this.frames = new int[model.tensors().size() + model.bytes().length / PieceCodec.MAX_PIECE];
    }

    long encode() {
      int at = 0;
      count = 0;
      for (Model.Tensor tensor : model.tensors()) {
        for (int from = tensor.begin(); from < tensor.end(); from += PieceCodec.MAX_PIECE) {
          at += encode(from, Math.min(PieceCodec.MAX_PIECE, tensor.end() - from), at);
          frames[count++] = at;
        }
      }
      return at;
    }

    void decode(byte[] back) {
      int frame = 0;
      int at = 0;
      for (Model.Tensor tensor : model.tensors()) {
        for (int from = tensor.begin(); from < tensor.end(); from += PieceCodec.MAX_PIECE) {
          int length = Math.min(PieceCodec.MAX_PIECE, tensor.end() - from);
          decode(at, frames[frame] - at, from, length, back);
          at = frames[frame++];
        }
      }
    }

    /** Writes one piece to {@link #out}; returns the bytes it takes. */
    abstract int encode(int from, int length, int at);

    abstract void decode(int at, int size, int from, int length, byte[] back);

    abstract void close();
  }

  private static final class Ours extends Contender {
    private final byte @Nullable [] base;
    private final PieceCodec codec = new PieceCodec();

    Ours(Model model, @Nullable Model parent) {
      super(model);
      this.base = parent == null ? null : parent.bytes();
    }

    @Override
    int encode(int from, int length, int at) {
      return codec
          .encode(model.bytes(), from, length, model.type(), base, from, out, at)
          .frameLength();
    }

    @Override
    void decode(int at, int size, int from, int length, byte[] back) {
      codec.decode(out, at, size, base, from, back, from, length);
    }

    @Override
    void close() {
      codec.close();
    }
  }

  private static final class Xor extends Contender {
    private final byte[] base;
    private final XorPlanes planes = new XorPlanes();

    Xor(Model model, Model parent) {
      super(model);
      this.base = parent.bytes();
    }

    @Override
    int encode(int from, int length, int at) {
      return planes.encode(model.bytes(), base, from, length, model.type().width(), out, at) - at;
    }

    @Override
    void decode(int at, int size, int from, int length, byte[] back) {
      planes.decode(out, at, base, from, length, model.type().width(), back);
    }

    @Override
    void close() {
      planes.close();
    }
  }

  private static final class Zstd3 extends Contender {
    private final ZstdCompressCtx compress = new ZstdCompressCtx().setLevel(3);
    private final ZstdDecompressCtx decompress = new ZstdDecompressCtx();

    Zstd3(Model model) {
      super(model);
    }

    @Override
    int encode(int from, int length, int at) {
      return compress.compressByteArray(out, at, out.length - at, model.bytes(), from, length);
    }

    @Override
    void decode(int at, int size, int from, int length, byte[] back) {
      decompress.decompressByteArray(back, from, length, out, at, size);
    }

    @Override
    void close() {
      compress.close();
      decompress.close();
    }
  }
}
