package dev.germline.cli;

/** How the command ends. Scripts rely on these numbers. */
public enum ExitCode {
  OK(0),
  /** A proof, a file or the stores are not what they should be. */
  NOT_VERIFIED(1),
  /** The gate has warnings: `germline check`. */
  WARNED(1),
  USAGE(2),
  /** The gate says no: `germline check`, `germline resolve`. */
  GATE_FAILED(2),
  /** The server answered with a 4xx. */
  REFUSED(3),
  /** No server answers, or it answered with a 5xx. */
  UNREACHABLE(4),
  /** A file or folder of this machine cannot be read or written. */
  LOCAL(5),
  /** A defect of ours. */
  DEFECT(70);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
