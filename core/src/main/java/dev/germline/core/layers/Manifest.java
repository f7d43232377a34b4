package dev.germline.core.layers;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What layers of every type say of themselves. Lists given as null are empty.
 *
 * @param description free text, at most 16,384 characters
 * @param capabilities short texts such as {@code text-embedding}, at most 256, each once
 * @param dependencies other layers this one needs to run, at most 256, each family once
 * @param synergies layers it is declared to work well with, at most 256
 * @param conflicts layers it is declared not to work with, at most 256
 * @param files the layer's bytes, at most 4,096, in path order; no path twice (not by case either),
 *     none the folder of another
 * @param architecture how it is built
 * @param integration how it is connected to others
 * @param performance how good it is, as its publisher says
 * @param compatibility what it goes together with
 * @param validation how far its publisher had it validated
 */
public record Manifest(
    LayerName name,
    @Nullable String description,
    List<String> capabilities,
    List<Dependency> dependencies,
    Provenance provenance,
    Sharing sharing,
    @Nullable Resources resources,
    List<Synergy> synergies,
    List<Conflict> conflicts,
    List<LayerFile> files,
    @Nullable Architecture architecture,
    @Nullable Integration integration,
    @Nullable PerformanceProfile performance,
    @Nullable Compatibility compatibility,
    @Nullable ValidationStatus validation) {
  /** Most files one layer may have. */
  public static final int MAX_FILES = 4096;

  private static final int MAX_DESCRIPTION = 16_384;
  private static final int MAX_ENTRIES = 256;

  public Manifest {
    Check.required("name", name);
    description = Check.optionalText("description", description, MAX_DESCRIPTION);
    capabilities = Check.texts("capabilities", capabilities, MAX_ENTRIES);
    dependencies = Check.list("dependencies", dependencies, MAX_ENTRIES);
    Check.distinct("dependencies", dependencies.stream().map(Dependency::layer).toList());
    Check.required("provenance", provenance);
    Check.required("sharing", sharing);
    synergies = Check.list("synergies", synergies, MAX_ENTRIES);
    Check.distinct("synergies", synergies.stream().map(Synergy::target).toList());
    conflicts = Check.list("conflicts", conflicts, MAX_ENTRIES);
    Check.distinct("conflicts", conflicts.stream().map(Conflict::target).toList());
    files = inPathOrder(Check.list("files", files, MAX_FILES));
    refuseSelf(name, provenance, dependencies);
    refuseCollisions(files);
  }

  /** A manifest that says what every layer must say, and nothing of what it may. */
  public Manifest(
      LayerName name,
      @Nullable String description,
      List<String> capabilities,
      List<Dependency> dependencies,
      Provenance provenance,
      Sharing sharing,
      @Nullable Resources resources,
      List<Synergy> synergies,
      List<Conflict> conflicts,
      List<LayerFile> files) {
    this(
        name,
        description,
        capabilities,
        dependencies,
        provenance,
        sharing,
        resources,
        synergies,
        conflicts,
        files,
        null,
        null,
        null,
        null,
        null);
  }

  /** The same manifest with these files. */
  public Manifest withFiles(List<LayerFile> others) {
    return new Manifest(
        name,
        description,
        capabilities,
        dependencies,
        provenance,
        sharing,
        resources,
        synergies,
        conflicts,
        others,
        architecture,
        integration,
        performance,
        compatibility,
        validation);
  }

  /** The same manifest with this provenance. */
  public Manifest withProvenance(Provenance other) {
    return new Manifest(
        name,
        description,
        capabilities,
        dependencies,
        other,
        sharing,
        resources,
        synergies,
        conflicts,
        files,
        architecture,
        integration,
        performance,
        compatibility,
        validation);
  }

  /** The same manifest as made by this creator at this time. */
  public Manifest createdBy(String creator, Instant at) {
    return withProvenance(provenance.by(creator, at));
  }

  private static List<LayerFile> inPathOrder(List<LayerFile> files) {
    return files.stream().sorted(Comparator.comparing(LayerFile::path)).toList();
  }

  private static void refuseSelf(
      LayerName name, Provenance provenance, List<Dependency> dependencies) {
    for (Parent parent : provenance.parents()) {
      if (parent.layer().equals(name)) {
        throw new GermlineException(
            Fault.LINEAGE_CYCLE,
            "provenance.parents names " + name + " itself; a layer cannot be its own parent");
      }
    }
    for (Dependency dependency : dependencies) {
      if (dependency.layer().equals(name.family())
          && dependency.versions().includes(name.version())) {
        throw Check.invalid(
            "dependencies names "
                + dependency.layer()
                + " "
                + dependency.versions()
                + ", which is the layer "
                + name
                + " itself; leave it out");
      }
    }
  }

  /** Two paths that one file system could not hold side by side are refused at publish. */
  private static void refuseCollisions(List<LayerFile> files) {
    var byFolded = new HashMap<String, FilePath>();
    Set<String> folders = new HashSet<>();
    for (LayerFile file : files) {
      FilePath path = file.path();
      FilePath other = byFolded.put(path.folded(), path);
      if (other != null) {
        throw Check.invalid(
            other.equals(path)
                ? "file path " + Check.show(path.value()) + " is given twice; give it once"
                : "file paths "
                    + Check.show(other.value())
                    + " and "
                    + Check.show(path.value())
                    + " differ by case only; rename one");
      }
      folders.addAll(path.foldedFolders());
    }
    for (LayerFile file : files) {
      if (folders.contains(file.path().folded())) {
        throw Check.invalid(
            "file path "
                + Check.show(file.path().value())
                + " is also the folder of another file; rename one");
      }
    }
  }
}
