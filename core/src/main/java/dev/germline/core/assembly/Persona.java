package dev.germline.core.assembly;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who the assembly is to be (specs/genomic-data-architecture.md, "Persona-level metadata").
 *
 * @param identity who it presents itself as
 * @param communicationStyle how it speaks
 * @param evolutionGoals what later versions are to become
 */
public record Persona(
    @Nullable String identity, @Nullable String communicationStyle, List<String> evolutionGoals) {
  public Persona {
    evolutionGoals = List.copyOf(evolutionGoals);
  }
}
