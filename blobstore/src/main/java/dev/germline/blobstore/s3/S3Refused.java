package dev.germline.blobstore.s3;

/** S3 said no, and repeating would not help: something named in the request is not there. */
public final class S3Refused extends RuntimeException {
  private final String code;

  S3Refused(String what, String code, Throwable cause) {
    super("S3 refused to " + what + ": " + code, cause);
    this.code = code;
  }

  /** There is no such object. */
  public boolean noSuchObject() {
    return code.equals("NoSuchKey");
  }

  /** The multipart upload has ended, or one of its parts is not what was said of it. */
  public boolean noSuchUpload() {
    return code.equals("NoSuchUpload") || code.startsWith("InvalidPart");
  }
}
