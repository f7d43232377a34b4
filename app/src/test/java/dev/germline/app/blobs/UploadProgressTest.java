package dev.germline.app.blobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.app.blobs.UploadProgress.State;
import dev.germline.app.blobs.UploadProgress.Step;
import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.weights.ContentDigest;
import dev.germline.core.weights.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UploadProgressTest {
  private static final Caller ANNA = new Caller("anna", Role.USER);
  private static final ContentDigest BLOB = blob(1);

  private final Hands clock = new Hands();
  private final UploadProgress progress = new UploadProgress(clock);

  /** A clock that is set by hand. */
  private static final class Hands extends Clock {
    private Instant now = Instant.EPOCH;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private static ContentDigest blob(int number) {
    return ContentDigest.blake3(Blake3.hash(new byte[] {(byte) number, (byte) (number >> 8)}));
  }

  private List<Step> steps(long since) {
    return progress.since(ANNA, Optional.empty(), since);
  }

  @Test
  void aWatcherIsToldTheLatestStepOnly() {
    try (UploadProgress.Upload upload = progress.begin(ANNA, BLOB, 100)) {
      upload.received(10);
      upload.received(60);
      upload.stored(1, 40);
      Step now = steps(0).getFirst();
      assertThat(steps(0)).hasSize(1);
      assertThat(now.received()).isEqualTo(60);
      assertThat(now.stored()).isEqualTo(40);
      assertThat(now.state()).isEqualTo(State.RECEIVING);
      assertThat(steps(now.number())).isEmpty();
      String result = upload.of(() -> "stored");
      assertThat(result).isEqualTo("stored");
      Step last = steps(now.number()).getFirst();
      assertThat(last.state()).isEqualTo(State.DONE);
      assertThat(last.stored()).isEqualTo(100);
    }
    assertThat(steps(0).getFirst().state()).isEqualTo(State.DONE);
  }

  @Test
  void aFailureIsToldByItsFault() {
    try (UploadProgress.Upload upload = progress.begin(ANNA, BLOB, 100)) {
      assertThatThrownBy(() ->
              upload.of(() -> {
                throw new GermlineException(Fault.HASH_MISMATCH, "other bytes");
              }))
          .isInstanceOf(GermlineException.class);
    }
    assertThat(steps(0).getFirst().fault()).isEqualTo(Fault.HASH_MISMATCH);
    progress.begin(ANNA, blob(2), 1).close();
    Step defect = progress.since(ANNA, Optional.of(blob(2)), 0).getFirst();
    assertThat(defect.state()).isEqualTo(State.FAILED);
    assertThat(defect.fault()).isEqualTo(Fault.INTERNAL);
  }

  @Test
  void nobodySeesTheUploadsOfOthers() {
    progress.begin(ANNA, BLOB, 100);
    Caller ben = new Caller("ben", Role.ADMIN);
    Caller elsewhere = new Caller("anna", Role.USER, new Tenant("other"));
    assertThat(progress.since(ben, Optional.empty(), 0)).isEmpty();
    assertThat(progress.since(ben, Optional.of(BLOB), 0)).isEmpty();
    assertThat(progress.since(elsewhere, Optional.of(BLOB), 0)).isEmpty();
    assertThat(progress.since(ANNA, Optional.of(blob(2)), 0)).isEmpty();
  }

  @Test
  void endedUploadsAreForgottenAndRunningOnesAreNot() {
    UploadProgress.Upload running = progress.begin(ANNA, BLOB, 100);
    for (int i = 2; i < 1500; i++) {
      progress.begin(ANNA, blob(i), 1).close();
    }
    assertThat(steps(0)).hasSizeBetween(1000, 1003);
    clock.now = clock.now.plus(Duration.ofMinutes(2));
    progress.begin(ANNA, blob(2000), 1);
    assertThat(steps(0)).hasSize(2);
    running.close();
  }
}
