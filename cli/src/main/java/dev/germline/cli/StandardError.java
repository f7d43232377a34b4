package dev.germline.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Standard error of a process whose launcher has put it aside. A JVM with the vector module, which
 * commands that hash much are given, begins by writing to standard error that the module is
 * incubating, and nothing turns that off: the launcher lets it write to nowhere.
 */
final class StandardError {
  private static final int DESCRIPTOR = 2;

  private StandardError() {}

  /** Takes it back from descriptor {@code $germline.stderr}, before anything is written to it. */
  @SuppressWarnings("restricted") // the manifest of the jar allows it
  static void takeBack() {
    Integer aside = Integer.getInteger("germline.stderr");
    if (aside == null) {
      return;
    }
    Linker linker = Linker.nativeLinker();
    MethodHandle dup2 =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("dup2"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    try {
      int _ = (int) dup2.invokeExact(aside.intValue(), DESCRIPTOR);
    } catch (Throwable e) { // what a method handle declares; dup2 itself only returns
      throw new IllegalStateException("standard error is lost", e);
    }
  }
}
