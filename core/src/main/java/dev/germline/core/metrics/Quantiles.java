package dev.germline.core.metrics;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Percentiles of values that come one by one, in bounded memory. Not thread-safe.
 *
 * <p>A percentile is the nearest-rank one: the smallest value that at least so many per cent of all
 * values do not exceed, so it is one of the values. Up to {@link #EXACT} values it is exact.
 * Beyond, values are counted in buckets whose bounds grow by the factor (1+a)/(1-a) with a = {@link
 * #ACCURACY} (DDSketch, Masson, Rim and Lee, VLDB 2019), and a percentile is off by at most that
 * share of itself. That holds while the values of a group span at most {@link #MAX_BUCKETS} buckets
 * (17 powers of ten for values of one sign); of more, the lowest are taken together.
 */
public final class Quantiles {
  /** So many values are kept as they are. */
  public static final int EXACT = 128;

  /** The largest relative error of a percentile of more values. */
  public static final double ACCURACY = 0.01;

  /** Buckets at most. */
  public static final int MAX_BUCKETS = 2048;

  private static final double GAMMA = (1 + ACCURACY) / (1 - ACCURACY);
  private static final double LOG_GAMMA = Math.log(GAMMA);

  /** Magnitudes below count as zero. */
  private static final double TINY = 1e-100;

  /** Keys of positive buckets are above this, so that the order of keys is that of values. */
  private static final int ZERO = 0;

  private static final int OFFSET = 1 << 20;

  private static final byte VALUES = 0;
  private static final byte BUCKETS = 1;

  private double[] values = new double[4];
  private int kept;
  private final TreeMap<Integer, Long> buckets = new TreeMap<>();
  private long count;

  /** How many values there are. */
  public long count() {
    return count;
  }

  /** Adds a finite value. */
  public void add(double value) {
    if (!buckets.isEmpty()) {
      addTo(key(value), 1);
      count++;
    } else if (kept < EXACT) {
      if (kept == values.length) {
        values = Arrays.copyOf(values, kept * 2);
      }
      values[kept++] = value;
      count++;
    } else {
      toBuckets();
      add(value);
    }
  }

  /** Adds all that the other has. */
  public void merge(Quantiles other) {
    if (other.buckets.isEmpty()) {
      for (int i = 0; i < other.kept; i++) {
        add(other.values[i]);
      }
      return;
    }
    toBuckets();
    other.buckets.forEach(this::addTo);
    count += other.count;
  }

  private void toBuckets() {
    for (int i = 0; i < kept; i++) {
      addTo(key(values[i]), 1);
    }
    kept = 0;
    values = new double[0];
  }

  private void addTo(int key, long times) {
    buckets.merge(key, times, Long::sum);
    if (buckets.size() > MAX_BUCKETS) {
      Map.Entry<Integer, Long> lowest = buckets.pollFirstEntry();
      buckets.merge(buckets.firstKey(), lowest.getValue(), Long::sum);
    }
  }

  /**
   * The nearest-rank percentile.
   *
   * @param percent 1 to 100
   * @throws IllegalStateException when there are no values
   */
  public double percentile(int percent) {
    if (count == 0) {
      throw new IllegalStateException("no values have no percentiles");
    }
    long rank = Math.ceilDiv(percent * count, 100L);
    if (buckets.isEmpty()) {
      double[] sorted = Arrays.copyOf(values, kept);
      Arrays.sort(sorted);
      return sorted[(int) rank - 1];
    }
    long seen = 0;
    for (Map.Entry<Integer, Long> bucket : buckets.entrySet()) {
      seen += bucket.getValue();
      if (seen >= rank) {
        return middle(bucket.getKey());
      }
    }
    throw new IllegalStateException("the buckets count less than there are values");
  }

  private static int key(double value) {
    double magnitude = Math.abs(value);
    if (magnitude < TINY) {
      return ZERO;
    }
    int bucket = (int) Math.ceil(Math.log(magnitude) / LOG_GAMMA) + OFFSET;
    return value > 0 ? bucket : -bucket;
  }

  /** The value that is off by at most the accuracy from all values of the bucket. */
  private static double middle(int key) {
    if (key == ZERO) {
      return 0;
    }
    double magnitude = 2 * Math.exp((Math.abs(key) - OFFSET) * LOG_GAMMA) / (GAMMA + 1);
    return key > 0 ? magnitude : -magnitude;
  }

  int encodedLength() {
    return 1 + Integer.BYTES + (buckets.isEmpty() ? 8 * kept : 12 * buckets.size());
  }

  void encode(ByteBuffer out) {
    if (buckets.isEmpty()) {
      out.put(VALUES).putInt(kept);
      for (int i = 0; i < kept; i++) {
        out.putDouble(values[i]);
      }
    } else {
      out.put(BUCKETS).putInt(buckets.size());
      buckets.forEach((key, times) -> out.putInt(key).putLong(times));
    }
  }

  static Quantiles decode(ByteBuffer in) {
    Quantiles quantiles = new Quantiles();
    byte kind = in.get();
    int entries = in.getInt();
    for (int i = 0; i < entries; i++) {
      if (kind == VALUES) {
        quantiles.add(in.getDouble());
      } else {
        int key = in.getInt();
        long times = in.getLong();
        quantiles.addTo(key, times);
        quantiles.count += times;
      }
    }
    return quantiles;
  }
}
