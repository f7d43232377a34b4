package dev.germline.embedded.stores;

/**
 * Why something could not start, run or stop; its {@link Kind} is the exit code of the launcher.
 * The message is one line for people: what is wrong, with the path or port, and what to do.
 */
public final class Trouble extends RuntimeException {
  /** The exit codes of {@code germline up} and its siblings (BSD sysexits where one fits). */
  public enum Kind {
    CORRUPT_DATA(65),
    NOT_BUILT(69),
    PART_FAILED(70),
    PORT_BUSY(71),
    CANNOT_WRITE(73),
    DISK_FULL(74),
    IN_USE(75);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }

    public int exitCode() {
      return exitCode;
    }
  }

  private final Kind kind;

  public Trouble(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Trouble(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
