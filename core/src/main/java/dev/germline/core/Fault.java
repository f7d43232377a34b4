package dev.germline.core;

/**
 * Everything that can be wrong with a request, a fact or a store, named once for all modules.
 *
 * <p>The core knows nothing of HTTP: {@code app} maps every constant to a status in one exhaustive
 * switch, and the name of the constant is the {@code code} a client sees.
 */
public enum Fault {
  /** The bytes are not JSON, or not the JSON object that was asked for. */
  MALFORMED_JSON,
  /** A CognitiveDiff, or one entity of it, is not the deterministic CBOR of CP-001 section 6. */
  MALFORMED_DIFF,
  /** An id or hash is not written in its form (hex digits, length). */
  INVALID_ID,
  /** A name, version or path breaks the rules for names. */
  INVALID_NAME,
  /** A layer record breaks the rules of its type. */
  INVALID_LAYER,
  /** An assembly breaks the rules for assemblies. */
  INVALID_ASSEMBLY,
  /** A claim (an edge with properties) breaks the rules of its kind. */
  INVALID_CLAIM,
  /** A document, chunk, embedding or edge contradicts CP-001 (derived id, hash, range). */
  INVALID_ENTITY,
  /** The bytes of a file are not what its format demands. */
  FILE_INVALID,
  /** A named parent layer does not exist. */
  PARENT_NOT_FOUND,
  /** A fact refers to an entity that does not exist (CP-001 Desired Properties 2). */
  REFERENCE_NOT_FOUND,
  /** The parents given would make a layer its own ancestor. */
  LINEAGE_CYCLE,
  /** The layer version is published already; versions are never overwritten. */
  LAYER_EXISTS,
  /** The layer was revoked: its bytes are not handed out any more. */
  LAYER_REVOKED,
  /** No layer of that name and version. */
  LAYER_NOT_FOUND,
  /** No claim of that id. */
  CLAIM_NOT_FOUND,
  /** No assembly of that name and version. */
  ASSEMBLY_NOT_FOUND,
  /** The assembly version is published already; versions are never overwritten. */
  ASSEMBLY_EXISTS,
  /** The compatibility gate refuses the combination. */
  INCOMPATIBLE,
  /** The layer has no file of that name. */
  FILE_NOT_FOUND,
  /** No file of the layer has a tensor of that name. */
  TENSOR_NOT_FOUND,
  /** More than one file of the layer has a tensor of that name. */
  TENSOR_AMBIGUOUS,
  /** The tensor cannot be written in the format that was asked for. */
  TENSOR_NOT_CONVERTIBLE,
  /** No stored blob has that hash. */
  BLOB_NOT_FOUND,
  /** Stored bytes are wrong in every replica. */
  WEIGHTS_DAMAGED,
  /** Bytes do not hash to the digest that was promised. */
  HASH_MISMATCH,
  /** A stored piece of a weight is not a frame of docs/weight-format.md, or its base is another. */
  WEIGHT_FRAME_INVALID,
  /** Two different contents share one 128-bit id. */
  ID_COLLISION,
  /** No such upload, or it has ended. */
  UPLOAD_NOT_FOUND,
  /** A resumed upload does not continue where the stored part ends. */
  UPLOAD_OFFSET_MISMATCH,
  /** An idempotency key was sent with other content before. */
  KEY_REUSED,
  /** No such usage session of this caller. */
  SESSION_NOT_FOUND,
  /** The usage session is known with other values; an ended one does not change. */
  SESSION_ENDED,
  /** A diff starts from a root that is not the head any more. */
  STALE_ROOT,
  /** No state root with that hash or sequence. */
  ROOT_NOT_FOUND,
  /** Applying a diff does not give the root it states. */
  ROOT_MISMATCH,
  /** A signature does not verify under the key given. */
  SIGNATURE_INVALID,
  /** One device signed two records with one sequence number. */
  EQUIVOCATION,
  /** A state root does not continue the record it names as its predecessor. */
  CHAIN_BROKEN,
  /** A proof does not verify, or is not about what was asked. */
  PROOF_INVALID,
  /** Something is larger, deeper or more than the stated limit. */
  LIMIT_EXCEEDED,
  /** Who is asking is not known. */
  UNAUTHENTICATED,
  /** Who is asking may not do this. */
  FORBIDDEN,
  /** The graph has not caught up with the ledger sequence asked for within the time given. */
  PROJECTION_BEHIND,
  /** The key that stored bytes are encrypted under is not configured here, or is gone. */
  KEY_UNAVAILABLE,
  /** A store does not answer. */
  STORE_UNAVAILABLE,
  /** No such resource. */
  NOT_FOUND,
  /** The request is understood and cannot be right. */
  INVALID_REQUEST,
  /** More work than can be taken on now. */
  OVERLOADED,
  /** A defect of ours. */
  INTERNAL
}
