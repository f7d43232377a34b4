package dev.germline.core.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.core.sharing.SubmissionState.Event;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SubmissionStateTest {
  @Test
  void whatIsFinalStaysAndEverythingElseCanEnd() {
    for (SubmissionState state : SubmissionState.values()) {
      for (Event event : Event.values()) {
        if (state.isFinal()) {
          assertThat(state.after(event)).isEmpty();
        }
      }
      assertThat(state.isFinal() || state.after(Event.WITHDRAW).isPresent()).isTrue();
      assertThat(state.isFinal() || state.after(Event.REJECT).isPresent()).isTrue();
    }
  }

  @Test
  void everyStateIsReachedAndNothingIsAcceptedUnseen() {
    Set<SubmissionState> reached = EnumSet.of(SubmissionState.SUBMITTED);
    while (true) {
      Set<SubmissionState> next = EnumSet.copyOf(reached);
      for (SubmissionState state : reached) {
        for (Event event : Event.values()) {
          state.after(event).ifPresent(next::add);
        }
      }
      if (next.equals(reached)) {
        break;
      }
      reached = next;
    }
    assertThat(reached).containsExactlyInAnyOrder(SubmissionState.values());
    for (SubmissionState state : SubmissionState.values()) {
      assertThat(state.after(Event.ACCEPT).isPresent())
          .isEqualTo(state == SubmissionState.IN_REVIEW);
    }
  }
}
