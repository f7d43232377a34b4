package dev.germline.neo4j.guard;

import org.neo4j.bolt.tx.TransactionManager;
import org.neo4j.collection.Dependencies;
import org.neo4j.configuration.Config;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.systemgraph.SystemDatabaseProvider;
import org.neo4j.graphdb.factory.module.GlobalModule;
import org.neo4j.graphdb.factory.module.edition.CommunityEditionModule;
import org.neo4j.kernel.impl.factory.DbmsInfo;
import org.neo4j.kernel.lifecycle.Lifecycle;
import org.neo4j.logging.InternalLogProvider;
import org.neo4j.server.security.systemgraph.UserSecurityGraphComponent;

/** Community with another answer to who may do what, and with the guide for Neo4j Browser. */
@SuppressWarnings("unchecked") // javac tells of an override inside of Neo4j
final class GuardedEdition extends CommunityEditionModule {
  GuardedEdition(GlobalModule globalModule) {
    super(globalModule);
  }

  @Override
  public void createSecurityModule(
      GlobalModule globalModule, SystemDatabaseProvider systemDatabaseProvider) {
    super.createSecurityModule(globalModule, systemDatabaseProvider);
    setSecurityProvider(new Guard(getSecurityProvider(), Guard.writer()));
  }

  @Override
  public void registerDatabaseInitializers(
      GlobalModule globalModule, SystemDatabaseProvider systemDatabaseProvider) {
    super.registerDatabaseInitializers(globalModule, systemDatabaseProvider);
    UserSecurityGraphComponent users =
        globalModule.getGlobalDependencies().resolveDependency(UserSecurityGraphComponent.class);
    globalModule.getGlobalLife().add(new ReaderAccount(systemDatabaseProvider, users));
  }

  @Override
  public Lifecycle createWebServer(
      DatabaseManagementService managementService,
      TransactionManager transactionManager,
      Dependencies globalDependencies,
      Config config,
      InternalLogProvider userLogProvider,
      DbmsInfo dbmsInfo) {
    return new GuidedWebServer(
        managementService,
        transactionManager,
        globalDependencies,
        config,
        userLogProvider,
        dbmsInfo,
        globalModule.getMemoryPools(),
        globalModule.getGlobalMonitors(),
        globalModule.getGlobalClock());
  }
}
