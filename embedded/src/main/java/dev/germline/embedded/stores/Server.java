package dev.germline.embedded.stores;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** How one part is started and recognised as ours and ready. */
interface Server {
  Part part();

  /** Where people or programs reach it. */
  URI address();

  /** Starts the process; on the first start of a data directory this also creates its files. */
  Child start() throws IOException;

  /** Whether the child that {@link #start} returned (not some other server) answers. */
  boolean ready();

  /** Why waiting for {@link #ready} longer is no use, if it is not. */
  default Optional<Trouble> hopeless() {
    return Optional.empty();
  }

  /** How long after SIGTERM it may take before it is killed. All of them survive a kill. */
  Duration grace();
}
