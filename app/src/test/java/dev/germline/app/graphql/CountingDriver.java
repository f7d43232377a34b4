package dev.germline.app.graphql;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Session;
import org.neo4j.driver.TransactionCallback;
import org.neo4j.driver.TransactionContext;

/** Counts the statements that are sent to the graph to be read. */
@Singleton
@Requires(property = "test.count-statements")
final class CountingDriver implements BeanCreatedEventListener<Driver> {
  private static final Set<Class<?>> FOLLOWED =
      Set.of(Session.class, TransactionContext.class, TransactionCallback.class);
  static final AtomicInteger READS = new AtomicInteger();

  @Override
  public Driver onCreated(BeanCreatedEvent<Driver> event) {
    return follow(Driver.class, event.getBean(), false);
  }

  private static <T> T follow(Class<T> type, T target, boolean reading) {
    return type.cast(
        Proxy.newProxyInstance(
            CountingDriver.class.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              boolean reads = reading || method.getName().equals("executeRead");
              if (reads && method.getName().equals("run")) {
                READS.incrementAndGet();
              }
              Object[] given = arguments == null ? new Object[0] : arguments.clone();
              for (int i = 0; i < given.length; i++) {
                given[i] = followed(method.getParameterTypes()[i], given[i], reads);
              }
              try {
                return followed(method.getReturnType(), method.invoke(target, given), reads);
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            }));
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // the target is of this type
  private static Object followed(Class<?> type, Object target, boolean reading) {
    Class<?> seen = target instanceof TransactionContext ? TransactionContext.class : type;
    return target != null && FOLLOWED.contains(seen)
        ? follow((Class<Object>) seen, target, reading)
        : target;
  }
}
