package dev.germline.app.http;

import dev.germline.core.Fault;
import io.micronaut.http.HttpStatus;

/** Which HTTP status a fault is; the switch has no default, so a new fault must be placed here. */
final class FaultStatus {
  private FaultStatus() {}

  static HttpStatus of(Fault fault) {
    return switch (fault) {
      case MALFORMED_JSON, MALFORMED_DIFF, INVALID_ID, INVALID_NAME, INVALID_REQUEST ->
          HttpStatus.BAD_REQUEST;
      case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
      case FORBIDDEN -> HttpStatus.FORBIDDEN;
      case LAYER_NOT_FOUND,
          CLAIM_NOT_FOUND,
          ASSEMBLY_NOT_FOUND,
          FILE_NOT_FOUND,
          TENSOR_NOT_FOUND,
          BLOB_NOT_FOUND,
          UPLOAD_NOT_FOUND,
          SESSION_NOT_FOUND,
          ROOT_NOT_FOUND,
          NOT_FOUND ->
          HttpStatus.NOT_FOUND;
      case LAYER_EXISTS,
          ASSEMBLY_EXISTS,
          LINEAGE_CYCLE,
          TENSOR_AMBIGUOUS,
          UPLOAD_OFFSET_MISMATCH,
          KEY_REUSED,
          SESSION_ENDED,
          STALE_ROOT,
          EQUIVOCATION,
          ID_COLLISION ->
          HttpStatus.CONFLICT;
      case LAYER_REVOKED -> HttpStatus.GONE;
      case TENSOR_NOT_CONVERTIBLE -> HttpStatus.NOT_ACCEPTABLE;
      case LIMIT_EXCEEDED -> HttpStatus.REQUEST_ENTITY_TOO_LARGE;
      case INVALID_LAYER,
          INVALID_ASSEMBLY,
          INCOMPATIBLE,
          INVALID_CLAIM,
          INVALID_ENTITY,
          FILE_INVALID,
          PARENT_NOT_FOUND,
          REFERENCE_NOT_FOUND,
          HASH_MISMATCH,
          ROOT_MISMATCH,
          SIGNATURE_INVALID,
          CHAIN_BROKEN,
          PROOF_INVALID ->
          HttpStatus.UNPROCESSABLE_ENTITY;
      case PROJECTION_BEHIND, KEY_UNAVAILABLE, STORE_UNAVAILABLE, OVERLOADED ->
          HttpStatus.SERVICE_UNAVAILABLE;
      case WEIGHT_FRAME_INVALID, WEIGHTS_DAMAGED, INTERNAL -> HttpStatus.INTERNAL_SERVER_ERROR;
    };
  }

  /** The fault that fits a status the framework chose itself. */
  static Fault of(int status) {
    return switch (status) {
      case 401 -> Fault.UNAUTHENTICATED;
      case 403 -> Fault.FORBIDDEN;
      case 404 -> Fault.NOT_FOUND;
      case 413, 414, 431 -> Fault.LIMIT_EXCEEDED;
      case 503 -> Fault.OVERLOADED;
      default -> status >= 500 ? Fault.INTERNAL : Fault.INVALID_REQUEST;
    };
  }
}
