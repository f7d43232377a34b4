package dev.germline.blobstore.segment;

/**
 * What is wrong with a segment in one replica.
 *
 * @param replica its address and bucket
 * @param condition as it was found
 * @param repaired whether it is whole now
 */
public record ReplicaFinding(String replica, Condition condition, boolean repaired) {
  /** How a segment is found. */
  public enum Condition {
    /** There is no such object. */
    MISSING,
    /** The object is another one, or shorter or longer. */
    DAMAGED,
    /** The replica does not answer, or cannot take the repair in. */
    UNREACHABLE
  }
}
