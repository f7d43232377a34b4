package dev.germline.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the process was given: streams, environment, the folders it starts from.
 *
 * @param outIsTerminal whether a person reads standard output
 * @param errIsTerminal whether a person watches standard error: only then is progress drawn
 * @param home the user's
 * @param program the folder of the running jar
 */
public record Surroundings(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean outIsTerminal,
    boolean errIsTerminal,
    Map<String, String> environment,
    Path home,
    Path program) {

  /** Of this process. Output is UTF-8 whatever the locale: names and trees need it. */
  static Surroundings ofProcess() {
    return new Surroundings(
        System.in,
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        isTerminal(1),
        isTerminal(2),
        System.getenv(),
        Path.of(System.getProperty("user.home")),
        programFolder());
  }

  /** An environment variable; empty counts as not set. */
  public String variable(String name) {
    return environment.getOrDefault(name, "").strip();
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }

  private static Path programFolder() {
    String location =
        Surroundings.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    Path program = Path.of(location).getParent();
    return program == null ? Path.of("") : program;
  }

  /**
   * Linux tells it of each descriptor. (System.console() speaks of standard input and output
   * together.) Elsewhere: no, which costs only the bars and colours.
   */
  private static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException notLinux) {
      return false;
    }
  }
}
