package dev.germline.cli.terminal;

import dev.germline.cli.Surroundings;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/**
 * Standard output for answers, standard error for everything about the work. Colour only where a
 * person looks and {@code NO_COLOR} is not set. Text from elsewhere goes through {@link #plain}, so
 * that nobody's layer description moves the cursor.
 */
public final class Terminal {
  private static final int MOST_COLUMNS = 120;

  private final PrintStream out;
  private final PrintStream err;
  private final boolean json;
  private final boolean colourOut;
  private final boolean watched;
  private final boolean debug;
  private final int columns;

  private Terminal(
      PrintStream out,
      PrintStream err,
      boolean json,
      boolean colourOut,
      boolean watched,
      boolean debug,
      int columns) {
    this.out = out;
    this.err = err;
    this.json = json;
    this.colourOut = colourOut;
    this.watched = watched;
    this.debug = debug;
    this.columns = columns;
  }

  /**
   * The terminal of these surroundings.
   *
   * @param json whether standard output carries one JSON object and nothing else
   */
  public static Terminal of(Surroundings around, boolean json) {
    boolean mayColour =
        around.variable("NO_COLOR").isEmpty() && !around.variable("TERM").equals("dumb");
    return new Terminal(
        around.out(),
        around.err(),
        json,
        mayColour && around.outIsTerminal(),
        around.errIsTerminal() && !around.variable("TERM").equals("dumb"),
        !around.variable("GERMLINE_DEBUG").isEmpty(),
        columns(around.variable("COLUMNS")));
  }

  private static int columns(String given) {
    return given.matches("[0-9]{2,4}") ? Math.clamp(Long.parseLong(given), 40, MOST_COLUMNS) : 80;
  }

  /** One line of the answer; nothing with {@code --json}. */
  public void line(String text) {
    if (!json) {
      out.println(text);
      out.flush();
    }
  }

  /** One line about the work, on standard error. */
  public void note(String text) {
    if (!json) {
      err.println(text);
      err.flush();
    }
  }

  /** Why the command ends, and what to do. */
  public void fail(String why, @Nullable String hint) {
    err.println("germline: " + plain(why));
    if (hint != null) {
      err.println("  hint: " + plain(hint));
    }
    err.flush();
  }

  /** Whether a person watches standard error, where progress is drawn. */
  public boolean watched() {
    return watched && !json;
  }

  /** Draws over the current line of standard error. */
  void draw(String text) {
    err.print("\r\u001b[K" + text);
    err.flush();
  }

  public int columns() {
    return columns;
  }

  public boolean debug() {
    return debug;
  }

  public String bold(String text) {
    return styled("1", text);
  }

  public String faint(String text) {
    return styled("2", text);
  }

  public String good(String text) {
    return styled("32", text);
  }

  public String bad(String text) {
    return styled("31", text);
  }

  private String styled(String code, String text) {
    return colourOut ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  public Ansi ansi() {
    return colourOut ? Ansi.ON : Ansi.OFF;
  }

  public PrintWriter outWriter() {
    return new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), true);
  }

  public PrintWriter errWriter() {
    return new PrintWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8), true);
  }

  /** The text on one line, without anything a terminal would act on. */
  public static String plain(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                clean.append(' ');
            case Character.FORMAT, Character.SURROGATE -> clean.append('\ufffd');
            default -> clean.appendCodePoint(c);
          }
        });
    return clean.toString();
  }
}
