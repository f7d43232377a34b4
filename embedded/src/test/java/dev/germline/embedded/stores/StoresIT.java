package dev.germline.embedded.stores;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoresIT {
  @TempDir Path temp;

  @Test
  void startsAndStops() {
    long start = System.nanoTime();
    Stores stores = Stores.start(Settings.stores(temp.resolve("data")), System.out::println);
    System.out.println("all " + Duration.ofNanos(System.nanoTime() - start));
    start = System.nanoTime();
    stores.close();
    System.out.println("stop " + Duration.ofNanos(System.nanoTime() - start));
    assertThat(stores.process(Part.NEO4J).isAlive()).isFalse();
  }
}
