package dev.germline.graph.projection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.core.layers.ClaimJson;
import dev.germline.core.layers.Layer;
import dev.germline.core.layers.LayerJson;
import dev.germline.core.layers.Relationship;
import dev.germline.core.layers.Sharing;
import dev.germline.core.substrate.Chunk;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.Edge;
import dev.germline.core.substrate.EdgeKey;
import dev.germline.core.substrate.EdgeKind;
import dev.germline.core.substrate.Embedding;
import dev.germline.core.substrate.Entity;
import dev.germline.core.substrate.EntityId;
import dev.germline.core.substrate.QuantizedVector;
import dev.germline.graph.Facts;
import dev.germline.graph.Neo4j;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.neo4j.driver.Record;

class ProjectionIT extends GraphFixture {
  private final Layer base = Facts.layer("acme/base@1.0.0");
  private final Layer child = Facts.layer("acme/child@1.0.0", "model.onnx", "a/x.bin", "b/x.bin");

  @Test
  void aLayerIsANodeWithTheLabelsAndPropertiesOfItsRecord() {
    Layer secret =
        Facts.layer(
            "acme/secret@2.0.0-rc.1",
            "bob",
            new Sharing(Sharing.Visibility.WHITELIST, List.of("eve", "ada"), null));
    Facts.publish(ledger, secret);
    project(projector());

    Record row =
        Neo4j.run(driver, "MATCH (l:Layer {namespace: 'acme'}) RETURN labels(l), properties(l)")
            .getFirst();
    assertThat(row.get(0).asList(v -> v.asString()))
        .containsExactlyInAnyOrder("Entity", "Document", "Layer", "LoraLayer");
    assertThat(row.get(1).asMap())
        .containsAllEntriesOf(
            Map.of(
                "id", Facts.id(secret).toString(),
                "name", "acme/secret@2.0.0-rc.1",
                "version", "2.0.0-rc.1",
                "type", "lora",
                "digest", LayerJson.digest(secret).toHex(),
                "creator", "bob",
                "createdAt", ZonedDateTime.parse("2026-03-03T12:00:00.123Z"),
                "visibility", "whitelist",
                "allowedUsers", List.of("eve", "ada"),
                "description", "the layer acme/secret@2.0.0-rc.1"));
    assertClean();
  }

  @Test
  void aLayersFilesAreNodesAndTheRelationNamesEveryPath() {
    Facts.publish(ledger, child);
    project(projector());

    assertThat(
            Neo4j.run(driver, "MATCH (:Layer)-[r:HAS_FILE]->(f:File) RETURN r.paths AS paths")
                .stream()
                .map(row -> row.get("paths").asList(v -> v.asString())))
        .containsExactlyInAnyOrder(List.of("model.onnx"), List.of("a/x.bin", "b/x.bin"));
    assertClean();
  }

  @Test
  void aFileRelationThatComesAfterItsLayerStillNamesItsPaths() {
    List<Entity> entities = Facts.entities(ledger, child);
    ledger.put(entities.stream().filter(e -> e instanceof Document).toList());
    Projector projector = projector();
    project(projector);
    ledger.put(entities.stream().filter(e -> e instanceof Edge).toList());
    project(projector);

    assertThat(count("MATCH ()-[r:HAS_FILE]->() WHERE size(r.paths) > 0 RETURN count(r)"))
        .isEqualTo(2);
    assertClean();
  }

  @Test
  void eachClaimDrawsOneArrowWithItsPropertiesAndItsId() {
    Facts.publish(ledger, base);
    Facts.publish(ledger, child);
    Relationship evolved = Facts.evolved(child, base);
    for (Relationship claim :
        List.of(
            evolved,
            Facts.depends(child, base),
            Facts.synergizes(child, base),
            Facts.conflicts(base, child))) {
      Facts.claim(ledger, claim);
    }
    project(projector());

    assertThat(
            Neo4j.run(
                    driver,
                    "MATCH (s:Layer)-[r:EVOLVED_FROM]->(o:Layer) RETURN s.name, o.name, r{.*}")
                .getFirst()
                .asMap())
        .isEqualTo(
            Map.of(
                "s.name",
                "acme/child@1.0.0",
                "o.name",
                "acme/base@1.0.0",
                "r",
                Map.of(
                    "claim", Facts.id(evolved).toString(),
                    "assertedBy", "ada",
                    "at", ZonedDateTime.parse("2026-03-03T12:00:00.123Z"),
                    "evolutionType", "finetune",
                    "confidence", 0.9,
                    "improvementMetricNames", List.of("latency", "mteb.retrieval"),
                    "improvementMetricValues", List.of(-3.0, 0.5168))));
    assertThat(
            Neo4j.run(driver, "MATCH (:Layer)-[r]->(:Layer) RETURN type(r) AS t").stream()
                .map(row -> row.get("t").asString()))
        .containsExactlyInAnyOrder(
            "EVOLVED_FROM", "DEPENDS_ON", "SYNERGIZES_WITH", "CONFLICTS_WITH");
    assertClean();
  }

  @Test
  void aBareEdgeOfAClaimKindDrawsNothing() {
    Facts.publish(ledger, base);
    Facts.publish(ledger, child);
    ledger.put(Edge.of(Facts.id(child), Facts.id(base), EdgeKind.custom("EVOLVED_FROM")));
    project(projector());

    assertThat(count("MATCH (:Layer)-[r]->(:Layer) RETURN count(r)")).isZero();
    assertClean();
  }

  @Test
  void anArrowNeedsItsClaimAndBothItsEdgesInWhateverOrderTheyCome() {
    Facts.publish(ledger, base);
    Facts.publish(ledger, child);
    List<Entity> claim = Facts.entities(ledger, Facts.evolved(child, base));
    Projector projector = projector();
    for (Entity entity : claim) {
      project(projector);
      assertThat(arrows()).isZero();
      ledger.put(entity);
    }
    project(projector);
    assertThat(arrows()).isOne();

    EdgeKey subject = ((Edge) claim.get(2)).key();
    ledger.removeEdge(subject);
    project(projector);
    assertThat(arrows()).isZero();
    assertClean();

    ledger.put(claim.get(2));
    project(projector);
    assertThat(arrows()).isOne();
    assertClean();
  }

  @Test
  void removingAClaimOrALayerRemovesItsArrows() {
    Facts.publish(ledger, base);
    Facts.publish(ledger, child);
    Relationship evolved = Facts.evolved(child, base);
    Facts.claim(ledger, evolved);
    Facts.claim(ledger, Facts.depends(child, base));
    Projector projector = projector();
    project(projector);
    assertThat(arrows()).isEqualTo(2);

    ledger.remove(Facts.id(evolved));
    project(projector);
    assertThat(arrows()).isOne();
    assertClean();

    ledger.remove(Facts.id(base));
    project(projector);
    assertThat(arrows()).isZero();
    assertClean();
  }

  @Test
  void aLayerRemovedAndPublishedAgainInOneTransactionHasNoArrowLeft() {
    Facts.publish(ledger, base);
    Facts.publish(ledger, child);
    Facts.claim(ledger, Facts.evolved(child, base));
    Projector projector = projector();
    project(projector);
    ledger.remove(Facts.id(base));
    Facts.publish(ledger, base);
    project(projector);

    assertThat(arrows()).isZero();
    assertClean();
  }

  @Test
  void aRecordThatCannotBeReadStaysADocumentAndStopsNothing() {
    byte[] junk = "{\"schema\":\"germline.layer/1\"}".getBytes(UTF_8);
    ledger.content(junk);
    byte[] lost = "never stored".getBytes(UTF_8);
    ledger.content(LayerJson.canonical(base));
    Document elsewhere =
        Facts.document(
            "layers/acme/other@1.0.0", LayerJson.canonical(base), Translation.LAYER_MIME);
    ledger.put(
        Facts.document("layers/acme/junk@1.0.0", junk, Translation.LAYER_MIME),
        Facts.document("claims/EVOLVED_FROM/lost", lost, Translation.CLAIM_MIME),
        elsewhere);
    project(projector());

    assertThat(
            Neo4j.run(driver, "MATCH (d:Document) RETURN labels(d) AS l, d.unreadable AS u")
                .stream()
                .map(row -> row.get("l").asList() + " " + row.get("u").asString()))
        .containsExactlyInAnyOrder(
            "[Entity, Document] not a layer record of the name in its path",
            "[Entity, Document] content missing",
            "[Entity, Document] not a layer record of the name in its path");
    assertClean();

    // The same content under its own path is the same document: now it is the layer.
    Facts.publish(ledger, base);
    project(projector());
    assertThat(count("MATCH (l:Layer) RETURN count(l)")).isOne();
    assertClean();
  }

  @Test
  void aDocumentPutAgainElsewhereLosesWhatItWas() {
    Facts.publish(ledger, base);
    Facts.publish(ledger, child);
    Relationship evolved = Facts.evolved(child, base);
    Facts.claim(ledger, evolved);
    Projector projector = projector();
    project(projector);
    byte[] record = ClaimJson.canonical(evolved);
    ledger.put(Facts.document("notes/claim.json", record, "application/json"));
    ledger.put(Facts.document("notes/base.json", LayerJson.canonical(base), "application/json"));
    project(projector);

    assertThat(arrows()).isZero();
    assertThat(count("MATCH (n:Layer|Claim) RETURN count(n)")).isOne();
    assertClean();
  }

  @Test
  void chunksEmbeddingsAndEdgesOfEveryKindAreProjectedAndGoWithTheirDocument() {
    Document text = Facts.document("a.txt", "a b".getBytes(UTF_8), "text/plain");
    Chunk one = Chunk.of(text.id(), 0, "a\n", 0, 1);
    Chunk two = Chunk.of(text.id(), 1, "b\n", 2, 1);
    Embedding vector =
        Embedding.of(one.id(), QuantizedVector.of((short) 1), Embedding.modelHash("m"), 0);
    EntityId tag = Facts.document("tags/x", "x".getBytes(UTF_8), "text/plain").id();
    ledger.put(
        text,
        Facts.document("tags/x", "x".getBytes(UTF_8), "text/plain"),
        one,
        two,
        vector,
        Edge.of(text.id(), one.id(), EdgeKind.DOC_TO_CHUNK),
        Edge.of(text.id(), two.id(), EdgeKind.DOC_TO_CHUNK),
        Edge.of(one.id(), vector.id(), EdgeKind.CHUNK_TO_EMBEDDING),
        Edge.of(one.id(), two.id(), EdgeKind.CHUNK_TO_CHUNK, 0.1f),
        Edge.of(text.id(), tag, EdgeKind.custom("TaggedWith")),
        Edge.of(text.id(), tag, EdgeKind.custom("Likes"), 2),
        Edge.of(tag, tag, EdgeKind.custom("Likes")));
    Projector projector = projector();
    project(projector);

    assertThat(
            Neo4j.run(driver, "MATCH ()-[r]->() RETURN type(r) + coalesce(' ' + r.kind, '') AS t")
                .stream()
                .map(row -> row.get("t").asString()))
        .containsExactlyInAnyOrder(
            "DOC_TO_CHUNK",
            "DOC_TO_CHUNK",
            "CHUNK_TO_EMBEDDING",
            "CHUNK_TO_CHUNK",
            "CP_EDGE TaggedWith",
            "CP_EDGE Likes",
            "CP_EDGE Likes");
    assertClean();

    ledger.removeEdge(Edge.of(text.id(), tag, EdgeKind.custom("Likes")).key());
    project(projector);
    assertThat(count("MATCH ()-[r:CP_EDGE]->() RETURN count(r)")).isEqualTo(2);
    assertClean();

    ledger.remove(text.id());
    project(projector);
    assertThat(count("MATCH (n:Entity) RETURN count(n)")).isOne();
    assertClean();
  }

  private long arrows() {
    return count("MATCH (:Layer)-[r]->(:Layer) RETURN count(r)");
  }
}
