package dev.germline.core.metrics;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * Values with their times, of which only sums are kept: any number of them takes a few kilobytes.
 * Two series merge into what one would be that saw the values of both, up to rounding. Means and
 * squares are updated as by Welford, and merged as by Chan, Golub and LeVeque, so they do not
 * cancel. Not thread-safe.
 */
public final class Series {
  private static final double DAY = 86_400_000;
  private static final byte FORMAT = 1;
  private static final int FIXED = 1 + 10 * 8;

  private long count;
  private double mean;
  private double squares;
  private double time;
  private double timeSquares;
  private double products;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private long latestAt = Long.MIN_VALUE;
  private double latest;
  private Quantiles quantiles = new Quantiles();

  /** How many values there are. */
  public long count() {
    return count;
  }

  /** Their arithmetic mean; 0 of none. */
  public double mean() {
    return mean;
  }

  /**
   * Adds a value.
   *
   * @param at milliseconds since 1970 UTC; of two values of one moment the later added is the
   *     latest
   * @param value finite, as in {@link Measurement}
   */
  public void add(long at, double value) {
    count++;
    double day = at / DAY;
    double fromMean = value - mean;
    double fromTime = day - time;
    mean += fromMean / count;
    time += fromTime / count;
    squares += fromMean * (value - mean);
    timeSquares += fromTime * (day - time);
    products += fromTime * (value - mean);
    min = Math.min(min, value);
    max = Math.max(max, value);
    if (at >= latestAt) {
      latestAt = at;
      latest = value;
    }
    quantiles.add(value);
  }

  /** Adds all values of another, which are taken for the later added ones. */
  public void merge(Series other) {
    if (other.count == 0) {
      return;
    }
    double all = (double) count + other.count;
    double weight = count / all * other.count;
    double apart = other.mean - mean;
    double timeApart = other.time - time;
    mean += apart * (other.count / all);
    time += timeApart * (other.count / all);
    squares += other.squares + apart * apart * weight;
    timeSquares += other.timeSquares + timeApart * timeApart * weight;
    products += other.products + apart * timeApart * weight;
    count += other.count;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    if (other.latestAt >= latestAt) {
      latestAt = other.latestAt;
      latest = other.latest;
    }
    quantiles.merge(other.quantiles);
  }

  /**
   * What it comes to now.
   *
   * @throws IllegalStateException when there are no values
   */
  public Summary summary() {
    if (count == 0) {
      throw new IllegalStateException("no values have no summary");
    }
    return new Summary(
        count,
        mean,
        count < 2 ? null : Math.max(0, squares) / (count - 1),
        min,
        max,
        Math.clamp(quantiles.percentile(50), min, max),
        Math.clamp(quantiles.percentile(95), min, max),
        latest,
        Instant.ofEpochMilli(latestAt),
        Trend.of(count, timeSquares, Math.max(0, squares), products));
  }

  /**
   * All of it, for {@link #decode}: a byte for the format, ten fields of 8 bytes, the quantiles.
   */
  public byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(FIXED + quantiles.encodedLength());
    out.put(FORMAT)
        .putLong(count)
        .putDouble(mean)
        .putDouble(squares)
        .putDouble(time)
        .putDouble(timeSquares)
        .putDouble(products)
        .putDouble(min)
        .putDouble(max)
        .putLong(latestAt)
        .putDouble(latest);
    quantiles.encode(out);
    return out.array();
  }

  /**
   * What {@link #encode} wrote; no bytes at all are an empty series.
   *
   * @throws IllegalArgumentException for bytes of another format
   */
  public static Series decode(byte[] bytes) {
    Series series = new Series();
    if (bytes.length == 0) {
      return series;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte format = in.get();
    if (format != FORMAT) {
      throw new IllegalArgumentException("a series of format " + format + " is not known here");
    }
    series.count = in.getLong();
    series.mean = in.getDouble();
    series.squares = in.getDouble();
    series.time = in.getDouble();
    series.timeSquares = in.getDouble();
    series.products = in.getDouble();
    series.min = in.getDouble();
    series.max = in.getDouble();
    series.latestAt = in.getLong();
    series.latest = in.getDouble();
    series.quantiles = Quantiles.decode(in);
    return series;
  }
}
