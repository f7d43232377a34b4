package dev.germline.core.compatibility;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The modules that an adapter changes, as PEFT reads {@code target_modules}: names match a module
 * of that name or one whose name ends with it; one regular expression must match the module's whole
 * name; {@code all-linear} is every linear module. Immutable.
 */
final class Targets {
  private static final String ALL = "all-linear";
  private static final Pattern EXPRESSION = Pattern.compile(".*[\\\\*+?()\\[\\]{}|^$].*");

  /** Characters that matching one name may look at: enough for any honest expression. */
  private static final int PATIENCE = 20_000;

  private final List<String> names;
  private final boolean all;
  private final @Nullable Pattern expression;
  private final @Nullable String unreadable;

  private Targets(
      List<String> names, boolean all, @Nullable Pattern expression, @Nullable String unreadable) {
    this.names = names;
    this.all = all;
    this.expression = expression;
    this.unreadable = unreadable;
  }

  static Targets of(List<String> modules) {
    String first = modules.getFirst();
    if (modules.size() == 1 && first.equals(ALL)) {
      return new Targets(modules, true, null, null);
    }
    if (modules.size() == 1 && EXPRESSION.matcher(first).matches()) {
      try {
        return new Targets(modules, false, Pattern.compile(first), null);
      } catch (PatternSyntaxException broken) {
        return new Targets(modules, false, null, first + " is no regular expression");
      }
    }
    return new Targets(modules, false, null, null);
  }

  /** What two adapters have in common. */
  sealed interface Overlap {
    record None() implements Overlap {}

    record Both(List<String> modules) implements Overlap {}

    record Undecided(String why) implements Overlap {}
  }

  /**
   * What both change.
   *
   * @param modules of their base; null where they are not known
   */
  Overlap overlap(Targets other, @Nullable List<String> modules) {
    if (unreadable != null || other.unreadable != null) {
      return new Overlap.Undecided(
          String.valueOf(unreadable != null ? unreadable : other.unreadable));
    }
    try {
      return modules == null ? byWords(other) : among(other, modules);
    } catch (OutOfPatience tooLong) {
      return new Overlap.Undecided("their regular expression takes too long to match");
    }
  }

  private Overlap among(Targets other, List<String> modules) {
    List<String> both = new ArrayList<>();
    for (String module : modules) {
      if (matches(module) && other.matches(module)) {
        both.add(module);
      }
    }
    return both.isEmpty() ? new Overlap.None() : new Overlap.Both(both);
  }

  private Overlap byWords(Targets other) {
    if (all || other.all) {
      return new Overlap.Both(all ? other.names : names);
    }
    if (expression != null && other.expression != null) {
      return expression.pattern().equals(other.expression.pattern())
          ? new Overlap.Both(names)
          : new Overlap.Undecided(
              "both name them by a regular expression (%s and %s), and the modules of their base are not known"
                  .formatted(expression.pattern(), other.expression.pattern()));
    }
    List<String> both = new ArrayList<>();
    if (expression == null && other.expression == null) {
      for (String name : names) {
        if (other.matches(name) || other.names.stream().anyMatch(n -> n.endsWith("." + name))) {
          both.add(name);
        }
      }
    } else {
      Targets words = expression == null ? this : other;
      Targets pattern = expression == null ? other : this;
      for (String name : words.names) {
        if (pattern.matches(name) || pattern.matches("model.layers.0." + name)) {
          both.add(name);
        }
      }
      if (both.isEmpty()) {
        return new Overlap.Undecided(
            "one names them by a regular expression (%s), and the modules of their base are not known"
                .formatted(pattern.names.getFirst()));
      }
    }
    return both.isEmpty() ? new Overlap.None() : new Overlap.Both(both);
  }

  /** Those of these modules that are not among them; none where that cannot be told. */
  List<String> without(Collection<String> modules) {
    if (unreadable != null) {
      return List.of();
    }
    try {
      return modules.stream().filter(module -> !matches(module)).toList();
    } catch (OutOfPatience tooLong) {
      return List.of();
    }
  }

  /** Whether a module is among them. */
  boolean matches(String module) {
    if (all) {
      return true;
    }
    if (expression != null) {
      return expression.matcher(new Patient(module, new int[] {PATIENCE})).matches();
    }
    return names.stream().anyMatch(name -> module.equals(name) || module.endsWith("." + name));
  }

  private static final class OutOfPatience extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** A text that can be looked at only so often: an expression of a stranger may not run on. */
  private static final class Patient implements CharSequence {
    private final CharSequence text;
    private final int[] left;

    Patient(CharSequence text, int[] left) {
      this.text = text;
      this.left = left;
    }

    @Override
    public char charAt(int index) {
      if (--left[0] < 0) {
        throw new OutOfPatience();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Patient(text.subSequence(start, end), left);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
