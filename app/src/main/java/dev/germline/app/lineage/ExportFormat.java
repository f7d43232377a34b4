package dev.germline.app.lineage;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.graph.lineage.LayerNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a lineage can be written as. */
enum ExportFormat {
  JSON("application/json", "json"),
  GRAPHML("application/graphml+xml", "graphml"),
  DOT("text/vnd.graphviz", "dot"),
  PROV("application/prov+json", "prov.json");

  private final String mediaType;
  private final String ending;

  ExportFormat(String mediaType, String ending) {
    this.mediaType = mediaType;
    this.ending = ending;
  }

  /**
   * The format of a name.
   *
   * @throws GermlineException INVALID_REQUEST
   */
  static ExportFormat parse(String name) {
    return Arrays.stream(values())
        .filter(format -> format.toString().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new GermlineException(
                Fault.INVALID_REQUEST,
                "format is %s; give one of: %s"
                    .formatted(
                        name,
                        Arrays.stream(values())
                            .map(ExportFormat::toString)
                            .collect(Collectors.joining(", ")))));
  }

  String mediaType() {
    return mediaType;
  }

  /** A file name for it. */
  String fileName(Relatives lineage) {
    return lineage.root().name().toString().replaceAll("[/@]", "-") + "." + ending;
  }

  /** The document, in parts of a layer or an arrow each, made as they are read. */
  Stream<String> parts(Relatives lineage) {
    return switch (this) {
      case JSON -> JsonExport.parts(lineage);
      case GRAPHML -> GraphMlExport.parts(lineage);
      case DOT -> DotExport.parts(lineage);
      case PROV -> ProvExport.parts(lineage);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All layers of a lineage, the root first. */
  static Stream<LayerNode> layers(Relatives lineage) {
    return Stream.concat(Stream.of(lineage.root()), lineage.nodes().stream());
  }
}
