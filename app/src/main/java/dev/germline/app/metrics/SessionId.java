package dev.germline.app.metrics;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a session of one user and layer, {@code MILLIS.SESSION}: its row is found by its partition.
 *
 * @param startedAt milliseconds since 1970 UTC
 */
record SessionId(long startedAt, String sessionId) {
  static final Pattern SESSION = Pattern.compile("[A-Za-z0-9._:@+-]{1,128}");
  private static final Pattern ID = Pattern.compile("([0-9]{1,15})\\.(.+)");

  SessionId {
    if (!SESSION.matcher(sessionId).matches()) {
      throw new GermlineException(
          Fault.INVALID_REQUEST, "sessionId is 1 to 128 of A-Z a-z 0-9 . _ : @ + -");
    }
  }

  static SessionId parse(String text) {
    Matcher parts = ID.matcher(text);
    if (!parts.matches()) {
      throw new GermlineException(
          Fault.SESSION_NOT_FOUND, "there is no such session; give the id that opening it gave");
    }
    return new SessionId(Long.parseLong(parts.group(1)), parts.group(2));
  }

  @Override
  public String toString() {
    return startedAt + "." + sessionId;
  }
}
