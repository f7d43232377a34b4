package dev.germline.neo4j.guard;

import org.neo4j.internal.kernel.api.security.AbstractSecurityLog;
import org.neo4j.internal.kernel.api.security.LoginContext;
import org.neo4j.internal.kernel.api.security.SecurityContext;
import org.neo4j.kernel.database.PrivilegeDatabaseReference;

/** A session of someone who may only read. */
final class ReaderLogin extends LoginContext {
  private final LoginContext original;

  ReaderLogin(LoginContext original) {
    super(original.subject(), original.connectionInfo());
    this.original = original;
  }

  /** Each transaction's rights; throws as Community does when the password is wrong or expired. */
  @Override
  public SecurityContext authorize(
      IdLookup idLookup,
      PrivilegeDatabaseReference database,
      AbstractSecurityLog log,
      long timeOfEvaluationMillis) {
    SecurityContext full = original.authorize(idLookup, database, log, timeOfEvaluationMillis);
    return ReaderContext.of(full);
  }
}
