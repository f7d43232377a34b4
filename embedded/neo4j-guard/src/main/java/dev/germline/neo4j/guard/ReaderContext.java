package dev.germline.neo4j.guard;

import org.neo4j.internal.kernel.api.connectioninfo.ClientConnectionInfo;
import org.neo4j.internal.kernel.api.security.AccessMode;
import org.neo4j.internal.kernel.api.security.AdminAccessMode;
import org.neo4j.internal.kernel.api.security.AdminActionOnResource;
import org.neo4j.internal.kernel.api.security.AuthSubject;
import org.neo4j.internal.kernel.api.security.PermissionState;
import org.neo4j.internal.kernel.api.security.SecurityContext;

/** What a reader's transaction may do: read data and schema, administer nothing. */
final class ReaderContext extends SecurityContext {
  private final AdminAccessMode admin;

  private ReaderContext(
      AuthSubject subject,
      AccessMode mode,
      ClientConnectionInfo connection,
      String database,
      AdminAccessMode admin) {
    super(subject, mode, connection, database);
    this.admin = admin;
  }

  static ReaderContext of(SecurityContext full) {
    return new ReaderContext(
        full.subject(),
        new ReaderMode(full.mode()),
        full.connectionInfo(),
        full.database(),
        action -> PermissionState.NOT_GRANTED);
  }

  @Override
  public PermissionState allowExecuteAdminProcedure(int procedureId) {
    return PermissionState.NOT_GRANTED;
  }

  @Override
  public PermissionState allowsAdminAction(AdminActionOnResource action) {
    return admin.allows(action);
  }

  /** The kernel asks for more than reading only for work of its own, and takes it back. */
  @Override
  public SecurityContext withMode(AccessMode mode) {
    return new ReaderContext(subject(), mode, connectionInfo(), database(), admin);
  }

  @Override
  public SecurityContext withMode(AdminAccessMode mode) {
    return new ReaderContext(subject(), mode(), connectionInfo(), database(), mode);
  }
}
