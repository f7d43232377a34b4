package dev.germline.neo4j.guard;

import java.util.ArrayList;
import java.util.List;
import org.neo4j.bolt.tx.TransactionManager;
import org.neo4j.collection.Dependencies;
import org.neo4j.configuration.Config;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.kernel.impl.factory.DbmsInfo;
import org.neo4j.logging.InternalLogProvider;
import org.neo4j.memory.MemoryPools;
import org.neo4j.monitoring.Monitors;
import org.neo4j.server.CommunityNeoWebServer;
import org.neo4j.server.modules.ServerModule;
import org.neo4j.server.web.StaticContent;
import org.neo4j.time.SystemNanoClock;

/** Serves the guide, the style and the queries beside Neo4j Browser: one origin, no network. */
final class GuidedWebServer extends CommunityNeoWebServer {
  private static final String FOLDER = "browser-germline";

  /** Below {@code /browser}, what is open without a password by default: it holds no data. */
  private static final String PATH = "/" + FOLDER;

  GuidedWebServer(
      DatabaseManagementService managementService,
      TransactionManager transactionManager,
      Dependencies globalDependencies,
      Config config,
      InternalLogProvider userLogProvider,
      DbmsInfo dbmsInfo,
      MemoryPools memoryPools,
      Monitors monitors,
      SystemNanoClock clock) {
    super(
        managementService,
        transactionManager,
        globalDependencies,
        config,
        userLogProvider,
        dbmsInfo,
        memoryPools,
        monitors,
        clock);
  }

  @Override
  protected Iterable<ServerModule> createServerModules() {
    List<ServerModule> modules = new ArrayList<>();
    super.createServerModules().forEach(modules::add);
    modules.add(
        new ServerModule() {
          @Override
          public void start() {
            webServer.addStaticContent(StaticContent.classpathStaticContent(FOLDER), PATH);
          }

          @Override
          public void stop() {
            webServer.removeStaticContent(PATH);
          }
        });
    return modules;
  }
}
