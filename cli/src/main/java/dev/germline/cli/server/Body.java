package dev.germline.cli.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.util.Objects;

/** A body under way. Closing it before its end ends the connection. For one thread. */
public final class Body implements AutoCloseable {
  private final HttpURLConnection connection;
  private final int status;
  private final InputStream body;

  Body(HttpURLConnection connection, int status) throws IOException {
    this.connection = connection;
    this.status = status;
    this.body = connection.getInputStream();
  }

  /** 200: from the first byte on; 206: from where it was asked for. */
  public int status() {
    return status;
  }

  /** The bytes; a stalled connection ends in an IOException. */
  public InputStream body() {
    return body;
  }

  /** A header of the answer, empty if it has none. */
  public String header(String name) {
    return Objects.requireNonNullElse(connection.getHeaderField(name), "");
  }

  /** Content-Length, or -1. */
  public long length() {
    return connection.getContentLengthLong();
  }

  @Override
  public void close() {
    connection.disconnect();
  }
}
