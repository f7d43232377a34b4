package dev.germline.core.layers;

import dev.germline.core.substrate.Digest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a model remembers (specs/genomic-data-architecture.md, "Memory modules"). */
public record MemoryModule(
    Manifest manifest, MemoryType memoryType, Storage storage, @Nullable Content content)
    implements Layer {
  public MemoryModule {
    Check.required("manifest", manifest);
    Check.required("memoryType", memoryType);
    Check.required("storage", storage);
  }

  @Override
  public LayerType type() {
    return LayerType.MEMORY;
  }

  @Override
  public MemoryModule withManifest(Manifest other) {
    return new MemoryModule(other, memoryType, storage, content);
  }

  /** Which memory it is. */
  public enum MemoryType {
    EPISODIC,
    SEMANTIC,
    PROCEDURAL,
    WORKING;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a memory is found by. */
  public enum RetrievalMechanism {
    SIMILARITY,
    TEMPORAL,
    IMPORTANCE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How much, how long and by what it is found again.
   *
   * @param capacity in entries, 1 to 2^53-1
   * @param persistenceDuration how long an entry lasts, above 0; absent means for ever
   */
  public record Storage(
      long capacity,
      @Nullable Duration persistenceDuration,
      RetrievalMechanism retrievalMechanism) {
    public Storage {
      Check.between("capacity", capacity, 1, Check.MAX_INTEGER);
      if (persistenceDuration != null && !persistenceDuration.isPositive()) {
        throw Check.invalid(
            "persistenceDuration is "
                + persistenceDuration
                + "; give a duration above 0 such as P30D, or leave it out for ever");
      }
      Check.required("retrievalMechanism", retrievalMechanism);
    }
  }

  /**
   * The memory's contents, by reference.
   *
   * @param experienceDatabase at most 1,024
   * @param patternLibrary at most 1,024
   */
  public record Content(
      @Nullable ContentRef knowledgeBase,
      List<ContentRef> experienceDatabase,
      List<ContentRef> patternLibrary) {
    public Content {
      experienceDatabase = Check.list("experienceDatabase", experienceDatabase, 1024);
      patternLibrary = Check.list("patternLibrary", patternLibrary, 1024);
    }
  }

  /**
   * Bytes kept elsewhere.
   *
   * @param digest BLAKE3 of the bytes
   */
  public record ContentRef(String name, Digest digest, @Nullable Long sizeBytes) {
    public ContentRef {
      Check.text("name", name);
      Check.required("digest", digest);
      Check.optionalCount("sizeBytes", sizeBytes);
    }
  }
}
