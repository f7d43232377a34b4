package dev.germline.embedded.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.germline.embedded.stores.Trouble.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Neo4j's process stays alive on files that it cannot open; the launcher must say what is wrong.
 */
@Timeout(180)
class DamagedNeo4jIT {
  private static final Duration SAID_WITHIN = Duration.ofSeconds(60);

  @TempDir static Path whole;

  @TempDir Path temp;

  /** What is done to a data directory that was stopped in order. */
  enum Damage {
    STORE_OVERWRITTEN(Kind.CORRUPT_DATA, "its data look damaged") {
      @Override
      void to(Path data) throws IOException {
        overwrite(data.resolve("databases/neo4j/neostore"));
      }
    },
    SYSTEM_STORE_OVERWRITTEN(Kind.CORRUPT_DATA, "its data look damaged") {
      @Override
      void to(Path data) throws IOException {
        overwrite(data.resolve("databases/system/neostore"));
      }
    },
    STORE_MISSING(Kind.CORRUPT_DATA, "database files are missing") {
      @Override
      void to(Path data) throws IOException {
        Files.delete(data.resolve("databases/neo4j/neostore"));
      }
    },
    TRANSACTION_LOG_CUT_OFF(Kind.CORRUPT_DATA, "its data look damaged") {
      @Override
      void to(Path data) throws IOException {
        Path log = data.resolve("transactions/neo4j/neostore.transaction.db.0");
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
          file.setLength(file.length() / 2);
        }
      }
    },
    TRANSACTION_LOG_MISSING(Kind.CORRUPT_DATA, "Transaction logs are missing") {
      @Override
      void to(Path data) throws IOException {
        DataDir.deleteTree(data.resolve("transactions/neo4j"));
      }
    },
    CHECKPOINT_OVERWRITTEN(Kind.CORRUPT_DATA, "its data look damaged") {
      @Override
      void to(Path data) throws IOException {
        overwrite(data.resolve("transactions/neo4j/checkpoint.0"));
        overwrite(data.resolve("transactions/neo4j/neostore.transaction.db.0"));
      }
    },
    /** Here the process does end. */
    PASSWORDS_OVERWRITTEN(Kind.PART_FAILED, "auth.ini") {
      @Override
      void to(Path data) throws IOException {
        overwrite(data.resolve("dbms/auth.ini"));
      }
    };

    private final Kind kind;
    private final String words;

    Damage(Kind kind, String words) {
      this.kind = kind;
      this.words = words;
    }

    abstract void to(Path data) throws IOException;

    static void overwrite(Path file) throws IOException {
      byte[] noise = new byte[(int) Files.size(file)];
      new Random(1).nextBytes(noise);
      Files.write(file, noise);
    }
  }

  @BeforeAll
  static void stopInOrder() {
    Stores.start(settings(whole)).close();
  }

  @ParameterizedTest
  @EnumSource
  void isNamedInOneLineAndLeavesNoProcess(Damage damage) throws IOException {
    Path home = copy();
    damage.to(home.resolve("neo4j/data"));
    long begin = System.nanoTime();

    Trouble trouble =
        catchThrowableOfType(Trouble.class, () -> Stores.start(settings(home)).close());

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SAID_WITHIN);
    assertThat(trouble)
        .hasMessageStartingWith("Neo4j did not start")
        .hasMessageContaining(damage.words);
    assertThat(trouble.getMessage()).doesNotContain("\n").hasSizeLessThan(800);
    assertThat(trouble.kind()).as(trouble.getMessage()).isEqualTo(damage.kind);
    assertThat(processesOf(home)).isEmpty();
  }

  @Test
  void movingTheDamagedFolderAwayIsTheCure() throws IOException {
    Path home = copy();
    Damage.STORE_OVERWRITTEN.to(home.resolve("neo4j/data"));
    Trouble trouble =
        catchThrowableOfType(Trouble.class, () -> Stores.start(settings(home)).close());
    assertThat(trouble)
        .hasMessageContaining("Move " + home.resolve("neo4j") + " away and start again");

    Files.move(home.resolve("neo4j"), home.resolve("neo4j.damaged"));

    try (Stores stores = Stores.start(settings(home))) {
      assertThat(stores.process(Part.NEO4J).isAlive()).isTrue();
    }
  }

  private static Settings settings(Path home) {
    return Settings.stores(home).withParts(EnumSet.of(Part.NEO4J));
  }

  private Path copy() throws IOException {
    Path target = temp.resolve("copy");
    try (Stream<Path> files = Files.walk(whole, FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(whole.relativize(file).toString()));
      }
    }
    return target;
  }

  private static List<String> processesOf(Path home) {
    return ProcessHandle.allProcesses()
        .map(process -> process.info().commandLine().orElse(""))
        .filter(line -> line.contains(home.toString()))
        .toList();
  }
}
