package dev.germline.app.ledger;

import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Document;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the content of every document is there and hashes right. */
public final class ContentCheck implements DocumentCheck {
  private final Contents contents;
  private final Files files;

  /** The files of layers. */
  @FunctionalInterface
  public interface Files {
    /** Reads a file to its end; what is wrong with it, empty if nothing is. */
    Optional<String> problem(Digest blake3);
  }

  public ContentCheck(Contents contents, Files files) {
    this.contents = contents;
    this.files = files;
  }

  @Override
  public void check(List<Document> page, Findings findings) {
    List<Digest> hashes = page.stream().map(Document::contentHash).toList();
    Map<Digest, byte[]> beside = contents.besideLedger(hashes);
    for (Document document : page) {
      byte[] content = beside.get(document.contentHash());
      if (content == null) {
        contents
            .blobProblem(document.contentHash())
            .orElseGet(() -> files.problem(document.contentHash()))
            .ifPresent(what -> findings.found(document.path(), what));
      } else if (!Blake3.hash(content).equals(document.contentHash())) {
        findings.found(document.path(), "its content does not hash to " + document.contentHash());
      } else if (content.length != document.sizeBytes()) {
        findings.found(
            document.path(),
            "its content has %d bytes, the document says %d"
                .formatted(content.length, document.sizeBytes()));
      }
    }
  }
}
