package dev.germline.graph;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Every Cypher statement of the project, one file each. All are read and their headers checked when
 * this class loads, so a missing file stops the start and not the first request.
 */
public enum CypherFile {
  SCHEMA_ENTITY_ID("schema/entity-id"),
  SCHEMA_LAYER_NAME("schema/layer-name"),
  SCHEMA_PROJECTION_NAME("schema/projection-name"),
  SCHEMA_EVOLVED_FROM_CLAIM("schema/evolved-from-claim"),
  SCHEMA_DEPENDS_ON_CLAIM("schema/depends-on-claim"),
  SCHEMA_SYNERGIZES_WITH_CLAIM("schema/synergizes-with-claim"),
  SCHEMA_CONFLICTS_WITH_CLAIM("schema/conflicts-with-claim"),
  SCHEMA_LAYER_DIGEST("schema/layer-digest"),
  SCHEMA_LAYER_NAMESPACE("schema/layer-namespace"),
  SCHEMA_LAYER_CREATED_AT("schema/layer-created-at"),
  SCHEMA_LAYER_TEXT("schema/layer-text"),
  SCHEMA_FILE_CONTENT_HASH("schema/file-content-hash"),
  SCHEMA_CLAIM_ASSERTED_BY("schema/claim-asserted-by"),
  SCHEMA_CONSTRAINTS("schema/constraints"),
  SCHEMA_INDEXES("schema/indexes"),
  SCHEMA_DROP_CONSTRAINT("schema/drop-constraint"),
  SCHEMA_AWAIT_INDEXES("schema/await-indexes"),
  SCHEMA_ORPHAN_INDEX("schema/orphan-index"),
  SCHEMA_DROP_INDEX("schema/drop-index"),

  CREATE_POSITION("projection/create-position"),
  LOCK_POSITION("projection/lock-position"),
  READ_POSITION("projection/read-position"),
  WRITE_POSITION("projection/write-position"),
  CONTENT_HASHES("projection/content-hashes"),
  PUT_NODES("projection/put-nodes"),
  DROP_NODES("projection/drop-nodes"),
  PUT_DOC_TO_CHUNK("projection/put-doc-to-chunk"),
  PUT_CHUNK_TO_EMBEDDING("projection/put-chunk-to-embedding"),
  PUT_CHUNK_TO_CHUNK("projection/put-chunk-to-chunk"),
  PUT_HAS_FILE("projection/put-has-file"),
  PUT_CLAIM_SUBJECT("projection/put-claim-subject"),
  PUT_CLAIM_OBJECT("projection/put-claim-object"),
  PUT_CP_EDGE("projection/put-cp-edge"),
  DROP_RELATIONS("projection/drop-relations"),
  PUT_EVOLVED_FROM("projection/put-evolved-from"),
  PUT_DEPENDS_ON("projection/put-depends-on"),
  PUT_SYNERGIZES_WITH("projection/put-synergizes-with"),
  PUT_CONFLICTS_WITH("projection/put-conflicts-with"),
  DROP_CLAIMS("projection/drop-claims"),

  CLEAR_RELATIONS("rebuild/clear-relations"),
  CLEAR_NODES("rebuild/clear-nodes"),
  CLEAR_STRANGERS("rebuild/clear-strangers"),

  AUDIT_NODES("audit/nodes"),
  AUDIT_STRANGERS("audit/strangers"),
  AUDIT_SOURCES("audit/sources"),
  AUDIT_RELATIONS("audit/relations"),
  AUDIT_RELATIONS_OF_ONE("audit/relations-of-one"),
  AUDIT_EVOLVED_FROM("audit/arrows-evolved-from"),
  AUDIT_DEPENDS_ON("audit/arrows-depends-on"),
  AUDIT_SYNERGIZES_WITH("audit/arrows-synergizes-with"),
  AUDIT_CONFLICTS_WITH("audit/arrows-conflicts-with"),

  LAYER("lineage/layer"),
  LAYERS_BY_NODE("lineage/layers-by-node"),
  ANCESTORS("lineage/ancestors"),
  DESCENDANTS("lineage/descendants"),
  RELATIONS("lineage/relations"),
  SIBLINGS("lineage/siblings"),
  COMMON_ANCESTORS("lineage/common-ancestors"),
  PATH("lineage/path"),
  BLAST("lineage/blast"),
  DEAD_ENDS("lineage/dead-ends");

  /** The longest path as the files write it; Cypher takes no parameter there. */
  private static final int LONGEST_PATH = 64;

  /** One less than the depths that people ask for. */
  private static final int[] PATH_SIZES = {0, 1, 2, 4, 9, 19, 39, LONGEST_PATH};

  private final String path;
  private final String header;
  private final String statement;

  CypherFile(String path) {
    this.path = path;
    String text = read("/cypher/" + path + ".cypher");
    this.header =
        text.lines().filter(line -> line.startsWith("//")).collect(Collectors.joining("\n"));
    this.statement =
        text.lines().filter(line -> !line.startsWith("//")).collect(Collectors.joining("\n"));
    for (String heading : List.of("Purpose", "Parameters", "Columns", "Index")) {
      if (!header.contains("// " + heading + ": ")) {
        throw new IllegalStateException(path + ".cypher has no header line '" + heading + "'");
      }
    }
    if (statement.isBlank() || statement.contains(";")) {
      throw new IllegalStateException(path + ".cypher does not hold one statement");
    }
  }

  /** Folder and name below {@code cypher/}, without the ending. */
  public String path() {
    return path;
  }

  /** The statement without its header. */
  public String statement() {
    return statement;
  }

  /**
   * The statement with its paths bounded to at least so many steps: to the next of a few sizes,
   * each of which is a statement of its own that Neo4j plans once. The rest is for its parameters
   * to cut. What is known of the viewer stands in the text too, so that nothing is tested at every
   * step of which the outcome is known.
   *
   * @param longest 0 to 64
   * @param admin the parameter of this name
   * @param present whether the parameter asOf is null
   */
  public String bounded(int longest, boolean admin, boolean present) {
    int size =
        Arrays.stream(PATH_SIZES)
            .filter(fits -> fits >= longest)
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("a path has at most 64 steps, not " + longest));
    String sized =
        statement
            .replace(".." + LONGEST_PATH + "]", ".." + size + "]")
            .replace("$admin", Boolean.toString(admin));
    // Without the test for null the planner would begin with all layers of before the moment.
    return present ? sized.replace("$asOf IS NULL", "true") : sized;
  }

  /** Why the statement may scan nodes, in the words of its header; empty if it may not. */
  public String scanReason() {
    return header
        .lines()
        .filter(line -> line.startsWith("// Scan: "))
        .map(line -> line.substring("// Scan: ".length()))
        .collect(Collectors.joining());
  }

  /** The statements that make constraints and indexes, in the order they run in. */
  static List<CypherFile> schema() {
    return Arrays.stream(values()).filter(file -> SchemaRule.makesOne(file.statement)).toList();
  }

  private static String read(String resource) {
    try (InputStream in = CypherFile.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
