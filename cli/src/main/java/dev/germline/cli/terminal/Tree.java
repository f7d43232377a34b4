package dev.germline.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/**
 * A tree drawn with lines.
 *
 * @param label of this node, on one line
 */
public record Tree(String label, List<Tree> children) {
  public Tree {
    children = List.copyOf(children);
  }

  /** The root's label, then every descendant under its parent. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(label);
    draw("", lines);
    return lines;
  }

  private void draw(String indent, List<String> lines) {
    for (int i = 0; i < children.size(); i++) {
      boolean last = i == children.size() - 1;
      Tree child = children.get(i);
      lines.add(indent + (last ? "└── " : "├── ") + child.label);
      child.draw(indent + (last ? "    " : "│   "), lines);
    }
  }
}
