package dev.germline.core.sharing;

import java.util.Locale;
import java.util.Optional;

/** Where an offered layer stands on its way to being accepted (docs/sharing.md, "Contributing"). */
public enum SubmissionState {
  /** Offered; nobody has taken it up. */
  SUBMITTED,
  /** Somebody reviews it. */
  IN_REVIEW,
  /** It is to be changed; its submitter has the next word. */
  CHANGES_REQUESTED,
  /** It was taken; its contribution records are in the ledger. */
  ACCEPTED,
  /** It was not taken. */
  REJECTED,
  /** Its submitter took it back. */
  WITHDRAWN;

  /** What may happen to a submission. */
  public enum Event {
    START_REVIEW(false),
    REQUEST_CHANGES(false),
    RESUBMIT(true),
    ACCEPT(false),
    REJECT(false),
    WITHDRAW(true);

    private final boolean submitters;

    Event(boolean submitters) {
      this.submitters = submitters;
    }

    /** Whether it is the submitter's to do; else it is a reviewer's, who is somebody else. */
    public boolean isSubmitters() {
      return submitters;
    }

    /** The name used in JSON, such as {@code request-changes}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Whether nothing more can happen. */
  public boolean isFinal() {
    return this == ACCEPTED || this == REJECTED || this == WITHDRAWN;
  }

  /** The state that the event leads to from here; empty if it cannot happen here. */
  public Optional<SubmissionState> after(Event event) {
    return Optional.ofNullable(
        switch (this) {
          case SUBMITTED ->
              switch (event) {
                case START_REVIEW -> IN_REVIEW;
                case REJECT -> REJECTED;
                case WITHDRAW -> WITHDRAWN;
                case REQUEST_CHANGES, RESUBMIT, ACCEPT -> null;
              };
          case IN_REVIEW ->
              switch (event) {
                case REQUEST_CHANGES -> CHANGES_REQUESTED;
                case ACCEPT -> ACCEPTED;
                case REJECT -> REJECTED;
                case WITHDRAW -> WITHDRAWN;
                case START_REVIEW, RESUBMIT -> null;
              };
          case CHANGES_REQUESTED ->
              switch (event) {
                case RESUBMIT -> SUBMITTED;
                case REJECT -> REJECTED;
                case WITHDRAW -> WITHDRAWN;
                case START_REVIEW, REQUEST_CHANGES, ACCEPT -> null;
              };
          case ACCEPTED, REJECTED, WITHDRAWN -> null;
        });
  }

  /** The name used in JSON and MySQL, such as {@code in-review}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
