package dev.germline.app.graphql;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Session;
import org.neo4j.driver.TransactionCallback;
import org.neo4j.driver.TransactionContext;

/** Writes down the questions of viewers that are sent to the graph. */
@Singleton
@Requires(property = "test.count-statements")
final class CountingDriver implements BeanCreatedEventListener<Driver> {
  private static final Set<Class<?>> FOLLOWED =
      Set.of(Session.class, TransactionContext.class, TransactionCallback.class);
  private static final List<String> ASKED = new CopyOnWriteArrayList<>();

  /** Those since the last call. */
  static List<String> drain() {
    List<String> asked = List.copyOf(ASKED);
    ASKED.clear();
    return asked;
  }

  @Override
  public Driver onCreated(BeanCreatedEvent<Driver> event) {
    return follow(Driver.class, event.getBean());
  }

  private static <T> T follow(Class<T> type, T target) {
    return type.cast(
        Proxy.newProxyInstance(
            CountingDriver.class.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              Object[] given = arguments == null ? new Object[0] : arguments.clone();
              if (method.getName().equals("run")
                  && given[0] instanceof String statement
                  && statement.contains("$principal")) {
                ASKED.add(statement);
              }
              for (int i = 0; i < given.length; i++) {
                given[i] = followed(method.getParameterTypes()[i], given[i]);
              }
              try {
                return followed(method.getReturnType(), method.invoke(target, given));
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            }));
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // the target is of this type
  private static Object followed(Class<?> type, Object target) {
    Class<?> seen = target instanceof TransactionContext ? TransactionContext.class : type;
    return target != null && FOLLOWED.contains(seen)
        ? follow((Class<Object>) seen, target)
        : target;
  }
}
