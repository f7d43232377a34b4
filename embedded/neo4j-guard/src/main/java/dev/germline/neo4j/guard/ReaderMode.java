package dev.germline.neo4j.guard;

import java.net.InetAddress;
import java.net.URI;
import org.neo4j.internal.kernel.api.security.AccessMode;
import org.neo4j.internal.kernel.api.security.PermissionState;
import org.neo4j.internal.kernel.api.security.StaticAccessMode;
import org.neo4j.kernel.impl.api.security.RestrictedAccessMode;

/**
 * Reads all data and shows the schema. Procedures run with the same rights and not their own, and
 * nothing is loaded from files or addresses: the server reaches more of both than a reader should.
 */
final class ReaderMode extends RestrictedAccessMode {
  ReaderMode(AccessMode original) {
    super(original, StaticAccessMode.READ);
  }

  @Override
  public boolean allowsShowIndex() {
    return original.allowsShowIndex();
  }

  @Override
  public boolean allowsShowConstraint() {
    return original.allowsShowConstraint();
  }

  @Override
  public PermissionState allowExecuteAdminProcedures() {
    return PermissionState.NOT_GRANTED;
  }

  @Override
  public PermissionState shouldBoostProcedure(int procedureId) {
    return PermissionState.NOT_GRANTED;
  }

  @Override
  public PermissionState shouldBoostFunction(int id) {
    return PermissionState.NOT_GRANTED;
  }

  @Override
  public PermissionState shouldBoostAggregatingFunction(int id) {
    return PermissionState.NOT_GRANTED;
  }

  @Override
  public PermissionState allowsLoadAllData() {
    return PermissionState.NOT_GRANTED;
  }

  @Override
  public PermissionState allowsLoadUri(URI uri, InetAddress address) {
    return PermissionState.NOT_GRANTED;
  }

  /** Neo4j's refusals end with it. */
  @Override
  public String name() {
    return "read-only access (the graph is a projection of the ledger: change it through Germline)";
  }
}
