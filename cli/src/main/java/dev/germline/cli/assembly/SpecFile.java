package dev.germline.cli.assembly;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Stop;
import dev.germline.core.assembly.Mergekit;
import dev.germline.core.assembly.PeftList;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A specification on this machine, in YAML or JSON: ours, mergekit's, or the arguments of PEFT's
 * add_weighted_adapter. Read without making objects of any class, and bounded.
 */
final class SpecFile {
  private static final int MOST_CHARACTERS = 1 << 20;
  private static final int DEEPEST = 32;
  private static final int MOST_ALIASES = 20;

  private SpecFile() {}

  /**
   * The draft that it stands for.
   *
   * @throws Stop LOCAL if it cannot be read
   */
  static ObjectNode read(Path file) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MOST_CHARACTERS);
    options.setNestingDepthLimit(DEEPEST);
    options.setMaxAliasesForCollections(MOST_ALIASES);
    options.setAllowDuplicateKeys(false);
    options.setAllowRecursiveKeys(false);
    try (Reader reader = Files.newBufferedReader(file)) {
      Object document = new Yaml(new SafeConstructor(options)).load(reader);
      if (!(document instanceof Map<?, ?> map)) {
        throw new Stop(ExitCode.LOCAL, file + " is not a list of members");
      }
      ObjectNode tree = new ObjectMapper().valueToTree(map);
      if (Mergekit.recognises(tree)) {
        return Mergekit.draft(tree);
      }
      return PeftList.recognises(tree) ? PeftList.draft(tree) : tree;
    } catch (YAMLException broken) {
      String why = String.valueOf(broken.getMessage()).replaceAll("\\s*\\R\\s*", " ");
      throw new Stop(ExitCode.LOCAL, file + " cannot be read: " + why, null, broken);
    } catch (IOException | IllegalArgumentException broken) {
      throw new Stop(
          ExitCode.LOCAL, file + " cannot be read: " + broken.getMessage(), null, broken);
    }
  }
}
