package dev.germline.neo4j.guard;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.neo4j.dbms.database.SystemGraphComponent;
import org.neo4j.dbms.systemgraph.SystemDatabaseProvider;
import org.neo4j.graphdb.Label;
import org.neo4j.graphdb.Node;
import org.neo4j.graphdb.Transaction;
import org.neo4j.kernel.lifecycle.LifecycleAdapter;
import org.neo4j.server.security.SecureHasher;
import org.neo4j.server.security.SystemGraphCredential;
import org.neo4j.server.security.systemgraph.UserSecurityGraphComponent;
import org.neo4j.server.security.systemgraph.UserSecurityGraphComponentVersion;

/**
 * The user {@value #NAME}, there with the configured password after each start. Written as Neo4j
 * writes its first user: the first {@code CREATE USER} of a process would add seconds to the start.
 */
final class ReaderAccount extends LifecycleAdapter {
  /** Environment variable with the password; without it no user is made. */
  static final String PASSWORD = "GERMLINE_READER_PASSWORD";

  private static final String NAME = "reader";
  private static final String CREDENTIALS = "credentials";

  private final SystemDatabaseProvider system;
  private final UserSecurityGraphComponent users;
  private final SecureHasher hasher = new SecureHasher();

  ReaderAccount(SystemDatabaseProvider system, UserSecurityGraphComponent users) {
    this.system = system;
    this.users = users;
  }

  @Override
  public void start() throws Exception {
    String password = password();
    if (password != null) {
      byte[] secret = password.getBytes(StandardCharsets.UTF_8);
      SystemGraphComponent.executeWithFullAccess(system.database(), tx -> mend(tx, secret));
    }
  }

  private static @Nullable String password() {
    String password = System.getenv(PASSWORD);
    return password == null || password.isBlank() ? null : password;
  }

  private void mend(Transaction tx, byte[] password) throws Exception {
    Node user = tx.findNode(Label.label("User"), "name", NAME);
    if (user == null) {
      users
          .findSecurityGraphComponentVersion(
              UserSecurityGraphComponentVersion.COMMUNITY_SECURITY_521)
          .addUser(tx, NAME, credential(password), false, false);
    } else if (!matches(user, password)) {
      user.setProperty(CREDENTIALS, credential(password).serialize());
      user.setProperty("passwordChangeRequired", false);
      user.setProperty("suspended", false);
    }
  }

  private boolean matches(Node user, byte[] password) throws Exception {
    String stored = String.valueOf(user.getProperty(CREDENTIALS, ""));
    return !stored.isEmpty()
        && SystemGraphCredential.deserialize(stored, hasher).matchesPassword(password.clone());
  }

  /** Hashing wipes the bytes it is given. */
  private SystemGraphCredential credential(byte[] password) {
    return SystemGraphCredential.createCredentialForPassword(password.clone(), hasher);
  }
}
