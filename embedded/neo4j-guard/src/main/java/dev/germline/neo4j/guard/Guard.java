package dev.germline.neo4j.guard;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.neo4j.internal.kernel.api.connectioninfo.ClientConnectionInfo;
import org.neo4j.internal.kernel.api.security.LoginContext;
import org.neo4j.kernel.api.security.AuthManager;
import org.neo4j.kernel.api.security.exception.InvalidAuthTokenException;
import org.neo4j.kernel.api.security.provider.SecurityProvider;

/** Lets in whom Neo4j lets in; whoever is not the writer as a {@link ReaderLogin}. */
final class Guard implements SecurityProvider {
  /** Names the user who may write; {@code neo4j} without it. */
  static final String WRITER = "germline.writer";

  private final SecurityProvider community;
  private final String writer;

  Guard(SecurityProvider community, String writer) {
    this.community = community;
    this.writer = writer;
  }

  static String writer() {
    return System.getProperty(WRITER, AuthManager.INITIAL_USER_NAME);
  }

  @Override
  public AuthManager authManager() {
    return guarded(community.authManager());
  }

  @Override
  public @Nullable AuthManager inClusterAuthManager() {
    return community.inClusterAuthManager(); // none in Community
  }

  @Override
  public AuthManager domainSocketAuthManager() {
    return guarded(community.domainSocketAuthManager());
  }

  private AuthManager guarded(AuthManager original) {
    // Where Neo4j asks nobody for a password there are no users to tell apart.
    return original.equals(AuthManager.NO_AUTH) ? original : new Doorkeeper(original, writer);
  }

  private static final class Doorkeeper extends AuthManager {
    private final AuthManager original;
    private final String writer;

    Doorkeeper(AuthManager original, String writer) {
      this.original = original;
      this.writer = writer;
    }

    @Override
    public LoginContext login(Map<String, Object> token, ClientConnectionInfo connection)
        throws InvalidAuthTokenException {
      return judged(original.login(token, connection));
    }

    @Override
    public LoginContext impersonate(LoginContext login, String user) {
      return judged(original.impersonate(login, user));
    }

    private LoginContext judged(LoginContext login) {
      return login.subject().executingUser().equals(writer) ? login : new ReaderLogin(login);
    }
  }
}
