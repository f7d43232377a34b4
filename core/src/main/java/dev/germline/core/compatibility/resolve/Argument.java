package dev.germline.core.compatibility.resolve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A derivation as sentences, each following from those before it. A sentence that a later one
 * refers to, and that does not stand right before it, is numbered.
 */
final class Argument {
  private final Resolver.Problem problem;
  private final List<String> sentences = new ArrayList<>();
  private final Map<Incompatibility, Integer> places = new HashMap<>();

  Argument(Resolver.Problem problem) {
    this.problem = problem;
  }

  List<String> of(Incompatibility failure) {
    if (failure.premise() != null) {
      return List.of(failure.premise().text() + ".");
    }
    // A derivation is as deep as its sentences are many: bounded by what is worth reading.
    List<Incompatibility> order = new ArrayList<>();
    inOrder(failure, order);
    order.forEach(this::say);
    return List.copyOf(sentences);
  }

  /** Every derived step once, after those it follows from, without recursion. */
  private static void inOrder(Incompatibility failure, List<Incompatibility> order) {
    Map<Incompatibility, Boolean> done = new HashMap<>();
    List<Incompatibility> stack = new ArrayList<>(List.of(failure));
    while (!stack.isEmpty()) {
      Incompatibility next = stack.getLast();
      if (!next.derived() || Boolean.TRUE.equals(done.get(next))) {
        stack.removeLast();
      } else if (done.put(next, false) == null) {
        // The side with a derivation goes last, so that its sentence stands right before.
        Incompatibility left = Objects.requireNonNull(next.left());
        Incompatibility right = Objects.requireNonNull(next.right());
        stack.add(left);
        stack.add(right);
      } else {
        stack.removeLast();
        done.put(next, true);
        order.add(next);
      }
    }
  }

  private void say(Incompatibility step) {
    Incompatibility left = Objects.requireNonNull(step.left());
    Incompatibility right = Objects.requireNonNull(step.right());
    String conclusion = conclusion(step);
    String text;
    if (justSaid(left) || justSaid(right)) {
      text = "And because " + reference(justSaid(left) ? right : left) + ", " + conclusion + ".";
    } else {
      text = "Because " + reference(left) + " and " + reference(right) + ", " + conclusion + ".";
    }
    sentences.add(text);
    places.put(step, sentences.size());
  }

  private boolean justSaid(Incompatibility one) {
    return Objects.equals(places.get(one), sentences.size()) && !sentences.isEmpty();
  }

  private String reference(Incompatibility one) {
    if (one.premise() != null) {
      return one.premise().text();
    }
    return conclusion(one) + " (" + places.get(one) + ")";
  }

  private String conclusion(Incompatibility one) {
    List<String> present = new ArrayList<>();
    List<String> needed = new ArrayList<>();
    one.terms()
        .forEach((family, values) -> {
          Domain domain = problem.domain(family);
          if (values.has(0)) {
            needed.add(VersionText.of(domain, values.complement()));
          } else {
            present.add(VersionText.of(domain, values));
          }
        });
    if (present.isEmpty() && needed.isEmpty()) {
      return "there is no combination of all that is asked for";
    }
    String either = String.join(" or ", needed);
    if (present.isEmpty()) {
      return either + " is needed";
    }
    if (needed.isEmpty()) {
      return present.size() == 1
          ? present.getFirst() + " is ruled out"
          : present.stream().collect(Collectors.joining(" and ", "", " exclude each other"));
    }
    return String.join(" with ", present) + " needs " + either;
  }
}
