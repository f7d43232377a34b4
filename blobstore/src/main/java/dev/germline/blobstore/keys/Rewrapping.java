package dev.germline.blobstore.keys;

import dev.germline.blobstore.segment.DataKeyId;
import dev.germline.core.GermlineException;
import java.util.List;
import java.util.Optional;

/**
 * Wraps every data key by the current master key, so that the others can be thrown away. One key
 * after the other, each in one step: it may be broken off anywhere, and goes on when run again.
 * Segments are not touched.
 */
public final class Rewrapping {
  private static final int AT_ONCE = 200;

  private final WrappedKeys stored;
  private final MasterKeys master;

  public Rewrapping(WrappedKeys stored, MasterKeys master) {
    this.stored = stored;
    this.master = master;
  }

  /** Told how it goes. */
  public interface Listener {
    /** A key is done. */
    void rewrapped(WrappedKey key);

    /** A key stays as it is, and why. */
    void failed(WrappedKey key, GermlineException why);
  }

  /**
   * Does all of it; gives the name of the current master key.
   *
   * @throws GermlineException KEY_UNAVAILABLE without a current master key; STORE_UNAVAILABLE
   */
  public String run(Listener listener) {
    String current = master.current();
    Optional<DataKeyId> after = Optional.empty();
    while (true) {
      List<WrappedKey> keys = stored.wrappedByOthers(current, after, AT_ONCE);
      if (keys.isEmpty()) {
        return current;
      }
      keys.forEach(key -> rewrap(key, listener));
      after = Optional.of(keys.getLast().id());
    }
  }

  private void rewrap(WrappedKey key, Listener listener) {
    Wrapping wrapping;
    try {
      wrapping = master.wrap(master.unwrap(key.id(), key.tenant(), key.wrapping()));
    } catch (GermlineException why) {
      listener.failed(key, why);
      return;
    }
    // Where another process was quicker, the key is wrapped anew as well.
    stored.rewrap(key.id(), key.wrapping(), wrapping);
    listener.rewrapped(key);
  }
}
