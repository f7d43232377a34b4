package dev.germline.app.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives all fault tests the same {@link Machine}, as starting one takes longer than most of them.
 * What they leave in it stays: each fsck checks all of it. Every test gets it with all parts up and
 * takes names of its own.
 */
final class OneMachine implements ParameterResolver {
  private static final Namespace SCOPE = Namespace.create(OneMachine.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == Machine.class;
  }

  @Override
  public Machine resolveParameter(ParameterContext parameter, ExtensionContext test) {
    Machine machine =
        test.getRoot()
            .getStore(SCOPE)
            .getOrComputeIfAbsent(Machine.class, OneMachine::start, Machine.class);
    machine.ensureUp();
    return machine;
  }

  private static Machine start(Class<?> key) {
    try {
      return Machine.start(Files.createTempDirectory("germline-faults"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
