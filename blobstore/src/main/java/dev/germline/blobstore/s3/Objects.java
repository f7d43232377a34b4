package dev.germline.blobstore.s3;

import io.minio.ComposeObjectArgs;
import io.minio.CopyObjectArgs;
import io.minio.GetObjectArgs;
import io.minio.Http;
import io.minio.ListObjectsV2Args;
import io.minio.PutObjectAPIArgs;
import io.minio.RemoveObjectArgs;
import io.minio.SourceObject;
import io.minio.StatObjectArgs;
import io.minio.messages.Contents;
import io.minio.messages.ListBucketResultV2;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Whole objects of the bucket. */
public final class Objects {
  /** S3 copies no more than this at once (5 GiB). */
  private static final long LARGEST_COPY = 5L << 30;

  private final S3 s3;
  private final String bucket;
  private final int pageSize;

  /**
   * Objects of one bucket.
   *
   * @param pageSize keys asked for at once by {@link #list}, up to 1,000
   */
  public Objects(S3 s3, String bucket, int pageSize) {
    this.s3 = s3;
    this.bucket = bucket;
    this.pageSize = pageSize;
  }

  /**
   * Stores {@code bytes[0, length)}, in place of what lies there. The store compares a CRC-32C with
   * what it got, as over TLS: the SHA-256 that signs a body without TLS takes each side longer than
   * moving it, and says nothing that whoever reads these bytes does not find out by their BLAKE3.
   */
  public void put(String key, byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    String sum =
        Base64.getEncoder()
            .encodeToString(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    s3.call(
        "store " + key,
        client ->
            client.putObject(
                PutObjectAPIArgs.builder()
                    .bucket(bucket)
                    .object(key)
                    .data(bytes, length)
                    .headers(
                        new Http.Headers(
                            Map.of(
                                "X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD",
                                "X-Amz-Sdk-Checksum-Algorithm", "CRC32C",
                                "X-Amz-Checksum-Crc32c", sum)))
                    .contentType("application/octet-stream")
                    .build()));
  }

  /**
   * The bytes {@code [offset, offset + length)}, as one request gives them.
   *
   * @throws S3Refused when there is no such object
   */
  public InputStream get(String key, long offset, long length) {
    return s3.call("read " + key, getting(key, offset, length));
  }

  /** As {@link #get} with a single attempt. */
  public InputStream getOnce(String key, long offset, long length) {
    return s3.once("read " + key, getting(key, offset, length));
  }

  private S3.Request<InputStream> getting(String key, long offset, long length) {
    return client ->
        client
            .getObject(
                GetObjectArgs.builder()
                    .bucket(bucket)
                    .object(key)
                    .offset(offset)
                    .length(length)
                    .build())
            .thenApply(response -> response);
  }

  /** Size in bytes, if there is such an object. */
  public OptionalLong size(String key) {
    try {
      return OptionalLong.of(
          s3.call(
                  "look at " + key,
                  client ->
                      client.statObject(
                          StatObjectArgs.builder().bucket(bucket).object(key).build()))
              .size());
    } catch (S3Refused absent) {
      if (absent.noSuchObject()) {
        return OptionalLong.empty();
      }
      throw absent;
    }
  }

  /** Copies inside of the store. */
  public void copy(String from, String to, long size) {
    SourceObject source = SourceObject.builder().bucket(bucket).object(from).build();
    s3.slow(
        "copy " + from,
        client ->
            size <= LARGEST_COPY
                ? client.copyObject(
                    CopyObjectArgs.builder().bucket(bucket).object(to).source(source).build())
                : client.composeObject(
                    ComposeObjectArgs.builder()
                        .bucket(bucket)
                        .object(to)
                        .sources(List.of(source))
                        .build()));
  }

  /** Nothing happens when there is no such object. */
  public void delete(String key) {
    try {
      s3.call(
          "delete " + key,
          client ->
              client.removeObject(RemoveObjectArgs.builder().bucket(bucket).object(key).build()));
    } catch (S3Refused absent) {
      if (!absent.noSuchObject()) {
        throw absent;
      }
    }
  }

  /** All objects whose key begins so, in the order of their keys, a page at a time. */
  public Stream<Contents> list(String prefix) {
    return StreamSupport.stream(new Pages(prefix), false).flatMap(List::stream);
  }

  /** Goes on after the last key seen, so a failed request is simply made again. */
  private final class Pages extends AbstractSpliterator<List<Contents>> {
    private final String prefix;
    private @Nullable String after;
    private boolean ended;

    Pages(String prefix) {
      super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
      this.prefix = prefix;
    }

    @Override
    public boolean tryAdvance(Consumer<? super List<Contents>> action) {
      if (ended) {
        return false;
      }
      String start = after;
      ListBucketResultV2 page =
          s3.call(
                  "list objects",
                  client ->
                      client.listObjectsV2(
                          ListObjectsV2Args.builder()
                              .bucket(bucket)
                              .prefix(prefix)
                              .maxKeys(pageSize)
                              .startAfter(start)
                              .build()))
              .result();
      ended = !page.isTruncated() || page.contents().isEmpty();
      if (!page.contents().isEmpty()) {
        after = page.contents().getLast().objectName();
        action.accept(page.contents());
      }
      return true;
    }
  }
}
