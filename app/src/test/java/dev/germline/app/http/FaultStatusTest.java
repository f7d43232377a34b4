package dev.germline.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.core.Fault;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FaultStatusTest {
  @ParameterizedTest
  @EnumSource(Fault.class)
  void everyFaultIsAnError(Fault fault) {
    assertThat(FaultStatus.of(fault).getCode()).isBetween(400, 599);
  }

  @Test
  void onlyWhatIsOnOurSideIsAServerError() {
    assertThat(Arrays.stream(Fault.values()).filter(f -> FaultStatus.of(f).getCode() >= 500))
        .containsExactly(
            Fault.WEIGHTS_DAMAGED,
            Fault.WEIGHT_FRAME_INVALID,
            Fault.PROJECTION_BEHIND,
            Fault.KEY_UNAVAILABLE,
            Fault.STORE_UNAVAILABLE,
            Fault.OVERLOADED,
            Fault.INTERNAL);
  }
}
