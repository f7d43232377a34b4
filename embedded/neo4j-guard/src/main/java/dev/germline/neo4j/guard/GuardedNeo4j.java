package dev.germline.neo4j.guard;

import org.neo4j.configuration.Config;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.graphdb.facade.DatabaseManagementServiceFactory;
import org.neo4j.graphdb.facade.GraphDatabaseDependencies;
import org.neo4j.kernel.impl.factory.DbmsInfo;
import org.neo4j.server.CommunityBootstrapper;
import org.neo4j.server.NeoBootstrapper;
import org.neo4j.server.startup.EntryPoint;

/**
 * The program: takes Neo4jCommunity's place, by name or, where {@code neo4j console} looks for the
 * program itself, by being on the class path.
 */
public final class GuardedNeo4j implements EntryPoint {
  /** Lower than Community's 2, so it comes first. */
  private static final int BEFORE_COMMUNITY = 1;

  public static void main(String[] arguments) {
    int status = NeoBootstrapper.start(new Bootstrapper(), arguments);
    if (status != 0) {
      System.exit(status);
    }
  }

  @Override
  public int getPriority() {
    return BEFORE_COMMUNITY;
  }

  private static final class Bootstrapper extends CommunityBootstrapper {
    @Override
    protected DatabaseManagementService createNeo(
        Config config, boolean daemonMode, GraphDatabaseDependencies dependencies) {
      return new DatabaseManagementServiceFactory(DbmsInfo.COMMUNITY, GuardedEdition::new)
          .build(config, daemonMode, dependencies);
    }
  }
}
