package dev.germline.app;

import dev.germline.app.config.DeviceSettings;
import dev.germline.app.config.EncryptionSettings;
import dev.germline.app.config.IdentitySettings;
import dev.germline.app.config.MySqlSettings;
import dev.germline.app.config.Neo4jSettings;
import dev.germline.app.config.ProductionRules;
import dev.germline.app.config.ReplicaSettings;
import dev.germline.app.config.RuntimeSettings;
import dev.germline.app.config.S3Settings;
import dev.germline.app.config.StartRefused;
import dev.germline.app.identity.Tokens;
import dev.germline.app.sql.Database;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the server, or says in one line why not: exit 78 (EX_CONFIG) for a setting or a store that
 * keeps it from starting, 1 for a defect.
 */
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
  private static final int EX_CONFIG = 78;

  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    EmbeddedServer server;
    try {
      server = start(Map.of());
    } catch (RuntimeException failure) {
      StartRefused refused = refusal(failure);
      if (refused != null) {
        System.err.println("germline: " + refused.getMessage());
        System.exit(EX_CONFIG);
      }
      LOG.error("The server cannot start", failure);
      System.exit(1);
      return;
    }
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  stopped.countDown();
                },
                "stop"));
    LOG.info("Germline listens on {}", server.getURL());
    stopped.await();
  }

  /**
   * Checks the settings, brings the schema up to date and listens.
   *
   * @param overrides configuration that wins over the environment, for tests
   * @throws RuntimeException with a {@link StartRefused} among its causes when a setting or a store
   *     is not as it must be
   */
  public static EmbeddedServer start(Map<String, Object> overrides) {
    ApplicationContext context =
        ApplicationContext.builder()
            .deduceEnvironment(false)
            .deduceCloudEnvironment(false)
            .banner(false)
            .properties(overrides)
            .start();
    try {
      RuntimeSettings runtime = context.getBean(RuntimeSettings.class);
      ProductionRules.check(
          runtime,
          context.getBean(MySqlSettings.class),
          context.getBean(Neo4jSettings.class),
          context.getBean(S3Settings.class),
          context.getBean(IdentitySettings.class),
          context.getBean(DeviceSettings.class),
          context.getBean(EncryptionSettings.class),
          context.getBeansOfType(ReplicaSettings.class));
      context.getBean(Database.class);
      EmbeddedServer server = context.getBean(EmbeddedServer.class).start();
      context
          .getBean(IdentitySettings.class)
          .adminTokenPath()
          .ifPresent(context.getBean(Tokens.class)::writeAdminToken);
      return server;
    } catch (RuntimeException failure) {
      context.close();
      throw failure;
    }
  }

  /** The refusal among the causes of a failed start, if it is one. */
  static @Nullable StartRefused refusal(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StartRefused refused) {
        return refused;
      }
    }
    return null;
  }
}
