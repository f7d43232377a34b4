package dev.germline.app.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerType;
import dev.germline.core.layers.Relationship;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.EntityId;
import dev.germline.graph.lineage.LayerNode;
import dev.germline.graph.lineage.LayerRelation;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ExportFormatTest {
  private static final String NASTY = "a \"b\" <c> & 'd' \\ \n ]]> \u0001 \uD83E\uDDEC ü";

  @Test
  void graphMlIsXmlOfTheSchemasShape() throws Exception {
    Element root = xml(text(ExportFormat.GRAPHML, lineage(NASTY)));
    assertThat(root.getLocalName()).isEqualTo("graphml");
    assertThat(root.getNamespaceURI()).isEqualTo("http://graphml.graphdrawing.org/xmlns");
    Set<String> keys = new HashSet<>();
    for (Element key : elements(root, "key")) {
      assertThat(key.getAttribute("attr.type")).isIn("string", "int", "double");
      assertThat(keys.add(key.getAttribute("for") + ":" + key.getAttribute("id"))).isTrue();
    }
    Element graph = elements(root, "graph").getFirst();
    assertThat(graph.getAttribute("edgedefault")).isEqualTo("directed");
    Set<String> nodes = new HashSet<>();
    for (Element node : elements(graph, "node")) {
      // xs:NMTOKEN
      assertThat(node.getAttribute("id")).matches("[A-Za-z0-9._:-]+");
      nodes.add(node.getAttribute("id"));
      for (Element data : elements(node, "data")) {
        assertThat(keys).contains("node:" + data.getAttribute("key"));
      }
    }
    assertThat(nodes).hasSize(3);
    List<Element> edges = elements(graph, "edge");
    assertThat(edges).hasSize(2);
    for (Element edge : edges) {
      assertThat(nodes).contains(edge.getAttribute("source"), edge.getAttribute("target"));
      for (Element data : elements(edge, "data")) {
        assertThat(keys).contains("edge:" + data.getAttribute("key"));
      }
    }
    assertThat(edges.getFirst().getTextContent()).contains(NASTY.replace('\u0001', '\uFFFD'));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void whateverTextComesBackFromXmlAsItWentIn(String text) throws Exception {
    String back = xml("<t>" + GraphMlExport.escaped(text) + "</t>").getTextContent();
    assertThat(back)
        .isEqualTo(
            text.codePoints()
                .mapToObj(c ->
                    (c >= 0x20 && c != 0xFFFE && c != 0xFFFF) || c == '\t' || c == '\n' || c == '\r'
                        ? Character.toString(c)
                        : "\uFFFD")
                .collect(Collectors.joining()));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void noTextEndsItsDotStringEarlyAndAllOfItComesBack(String given) {
    String quoted = DotExport.quoted(given);
    assertThat(quoted).startsWith("\"").endsWith("\"").doesNotContain("\n", "\0");
    StringBuilder back = new StringBuilder();
    for (int i = 1; i < quoted.length() - 1; i++) {
      char c = quoted.charAt(i);
      if (c == '\\') {
        char next = quoted.charAt(++i);
        assertThat(i).as("an escape is whole").isLessThan(quoted.length() - 1);
        back.append(next == 'n' ? '\n' : next);
      } else {
        assertThat(c).as("an end before the end").isNotEqualTo('"');
        back.append(c);
      }
    }
    assertThat(back.toString()).isEqualTo(given.replace("\r", "").replace('\0', '\uFFFD'));
  }

  @Test
  void dotHasALineForEachLayerAndArrow() {
    String dot = text(ExportFormat.DOT, lineage("merge"));
    assertThat(dot).startsWith("digraph lineage {").endsWith("}\n");
    assertThat(dot.lines().filter(line -> line.contains(" -> "))).hasSize(2);
    assertThat(dot).contains("\"ns/b@1.0.0\" -> \"ns/a@1.0.0\" [label=\"merge\"]");
    assertThat(dot).contains("unknown", "color=\"red\"");
  }

  @Test
  void provJsonIsWhatTheSubmissionAsksFor() throws Exception {
    JsonNode prov = new ObjectMapper().readTree(text(ExportFormat.PROV, lineage(NASTY)));
    Set<String> prefixes = new HashSet<>(Set.of("prov"));
    prov.get("prefix").fieldNames().forEachRemaining(prefixes::add);
    Map<String, Set<String>> ids = new HashMap<>();
    for (String kind : List.of("entity", "activity", "agent")) {
      Set<String> of = new HashSet<>();
      prov.get(kind).fieldNames().forEachRemaining(of::add);
      ids.put(kind, of);
      assertThat(of).allSatisfy(id -> assertThat(prefixes).contains(id.split(":", 2)[0]));
    }
    assertThat(ids.get("entity")).hasSize(3);
    assertThat(ids.get("agent")).containsExactly("agent:ada%40example");
    Map<String, Map<String, String>> roles =
        Map.of(
            "wasDerivedFrom",
            Map.of(
                "prov:generatedEntity", "entity",
                "prov:usedEntity", "entity",
                "prov:activity", "activity"),
            "wasAttributedTo",
            Map.of("prov:entity", "entity", "prov:agent", "agent"),
            "wasGeneratedBy",
            Map.of("prov:entity", "entity", "prov:activity", "activity"),
            "wasAssociatedWith",
            Map.of("prov:activity", "activity", "prov:agent", "agent"));
    roles.forEach((relation, members) -> {
      assertThat(prov.get(relation)).as(relation).isNotEmpty();
      for (JsonNode one : prov.get(relation)) {
        members.forEach((member, kind) -> {
          if (one.has(member)) {
            assertThat(ids.get(kind)).as(relation).contains(one.get(member).asText());
          }
        });
        if (one.has("prov:time")) {
          Instant.parse(one.get("prov:time").asText());
        }
      }
    });
    assertThat(prov.get("wasDerivedFrom")).hasSize(2);
    assertThat(prov.get("wasDerivedFrom").toString()).contains("xsd:double");
    JsonNode entity = prov.get("entity").elements().next();
    assertThat(entity.get("prov:type").get("type").asText()).isEqualTo("prov:QUALIFIED_NAME");
  }

  @Test
  void jsonIsTheAnswerOfTheApi() throws Exception {
    JsonNode json = new ObjectMapper().readTree(text(ExportFormat.JSON, lineage(NASTY)));
    assertThat(json.get("nodes")).hasSize(2);
    assertThat(json.get("edges").get(0).get("properties").get("evolutionType").asText())
        .isEqualTo(NASTY);
    assertThat(json.get("truncated").asBoolean()).isFalse();
  }

  /** Random texts, mostly of characters that mean something to one of the formats. */
  static List<String> texts() {
    Random random = new Random(7);
    String special = "\"\\<>&'\n\r\t\0\u0001]-;{}%\uFFFE\uD7FFn ";
    List<String> texts = new ArrayList<>(List.of("", NASTY));
    while (texts.size() < 100) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(20); i > 0; i--) {
        switch (random.nextInt(4)) {
          case 0 -> text.append((char) random.nextInt(0xD800));
          case 1 -> text.appendCodePoint(0x10000 + random.nextInt(0x1000));
          default -> text.append(special.charAt(random.nextInt(special.length())));
        }
      }
      texts.add(text.toString());
    }
    return texts;
  }

  private static String text(ExportFormat format, Relatives lineage) {
    return format.parts(lineage).collect(Collectors.joining());
  }

  private static Element xml(String text) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text)))
        .getDocumentElement();
  }

  private static List<Element> elements(Element under, String name) {
    NodeList found = under.getElementsByTagNameNS("http://graphml.graphdrawing.org/xmlns", name);
    return java.util.stream.IntStream.range(0, found.getLength())
        .mapToObj(i -> (Element) found.item(i))
        .toList();
  }

  /** c of b of a; a is not registered. */
  private static Relatives lineage(String how) {
    LayerNode a = node("ns/a@1.0.0", 2);
    LayerNode b = node("ns/b@1.0.0", 1);
    LayerNode c = node("ns/c@1.0.0", 0);
    Map<EntityId, Registered> registered = new HashMap<>();
    for (LayerNode known : List.of(b, c)) {
      registered.put(
          known.id(),
          new Registered(
              known.digest(), "ada@example", Instant.parse("2026-03-03T12:00:00Z"), "active"));
    }
    return new Relatives(
        c, List.of(b, a), List.of(arrow(b, a, how), arrow(c, b, how)), false, registered);
  }

  private static LayerNode node(String name, int depth) {
    Digest digest = Blake3.hash(name.getBytes(StandardCharsets.UTF_8));
    return new LayerNode(
        Document.idOf(digest), LayerName.parse(name), digest, LayerType.LORA, depth);
  }

  private static LayerRelation arrow(LayerNode from, LayerNode to, String how) {
    return new LayerRelation(
        from.name(),
        to.name(),
        Relationship.Kind.EVOLVED_FROM,
        Document.idOf(Blake3.hash((from.name() + how).getBytes(StandardCharsets.UTF_8))),
        Map.of(
            "evolutionType",
            how,
            "confidence",
            0.5,
            "assertedBy",
            "ada@example",
            "at",
            "2026-03-03T12:00:00Z"));
  }
}
