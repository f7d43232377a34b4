package dev.germline.blobstore;

import dev.germline.blobstore.s3.S3;
import dev.germline.blobstore.s3.S3Refused;
import io.minio.AbortMultipartUploadArgs;
import io.minio.CompleteMultipartUploadArgs;
import io.minio.CreateMultipartUploadArgs;
import io.minio.ListMultipartUploadsArgs;
import io.minio.ListPartsArgs;
import io.minio.messages.ListMultipartUploadsResult;
import io.minio.messages.ListPartsResult;
import io.minio.messages.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** S3's multipart uploads. Nothing of one is visible under its key before it is completed. */
final class MultipartUploads {
  private final S3 s3;
  private final String bucket;

  MultipartUploads(S3 s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  String begin(String key) {
    return s3.call(
            "begin an upload",
            client ->
                client.createMultipartUpload(
                    CreateMultipartUploadArgs.builder().bucket(bucket).object(key).build()))
        .result()
        .uploadId();
  }

  /**
   * Joins the parts.
   *
   * @throws S3Refused when the upload has ended or a part is not there
   */
  void complete(String key, String uploadId, List<StagedPart> parts) {
    Part[] ordered =
        parts.stream().map(part -> new Part(part.number(), part.etag())).toArray(Part[]::new);
    s3.slow(
        "complete an upload",
        client ->
            client.completeMultipartUpload(
                CompleteMultipartUploadArgs.builder()
                    .bucket(bucket)
                    .object(key)
                    .uploadId(uploadId)
                    .parts(ordered)
                    .build()));
  }

  /** Drops the parts; nothing happens when the upload has ended. */
  void abort(String key, String uploadId) {
    try {
      s3.call(
          "abort an upload",
          client ->
              client.abortMultipartUpload(
                  AbortMultipartUploadArgs.builder()
                      .bucket(bucket)
                      .object(key)
                      .uploadId(uploadId)
                      .build()));
    } catch (S3Refused ended) {
      if (!ended.noSuchUpload() && !ended.noSuchObject()) {
        throw ended;
      }
    }
  }

  /** The parts stored so far, by number. */
  List<StagedPart> parts(String key, String uploadId) {
    List<StagedPart> all = new ArrayList<>();
    @Nullable Integer after = null;
    while (true) {
      @Nullable Integer marker = after;
      ListPartsResult page =
          s3.call(
                  "list parts",
                  client ->
                      client.listParts(
                          ListPartsArgs.builder()
                              .bucket(bucket)
                              .object(key)
                              .uploadId(uploadId)
                              .maxParts(1000)
                              .partNumberMarker(marker)
                              .build()))
              .result();
      for (Part part : page.parts()) {
        all.add(new StagedPart(part.partNumber(), unquoted(part.etag()), part.partSize()));
        after = part.partNumber();
      }
      if (!page.isTruncated() || page.parts().isEmpty()) {
        return all;
      }
    }
  }

  /** Aborts unfinished uploads begun before an instant; gives how many. */
  int abortBegunBefore(Instant instant, String prefix, int limit) {
    ListMultipartUploadsResult page =
        s3.call(
                "list unfinished uploads",
                client ->
                    client.listMultipartUploads(
                        ListMultipartUploadsArgs.builder()
                            .bucket(bucket)
                            .prefix(prefix)
                            .maxUploads(1000)
                            .build()))
            .result();
    List<ListMultipartUploadsResult.Upload> old =
        page.uploads().stream()
            .filter(upload -> upload.initiated() != null)
            .filter(upload -> upload.initiated().toInstant().isBefore(instant))
            .limit(limit)
            .toList();
    old.forEach(upload -> abort(upload.objectName(), upload.uploadId()));
    return old.size();
  }

  private static String unquoted(String etag) {
    return etag.replace("\"", "");
  }
}
