package dev.germline.app.graphql;

import static dev.germline.app.layers.Samples.foundation;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.core.Fault;
import dev.germline.core.assembly.LockFile;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Layers put together. */
interface AssembliesContract extends OverGraphQl {
  @Test
  default void anAssemblyIsValidatedPublishedAndRead() throws Exception {
    publish(foundation(name("one")));
    publish(foundation(name("two")));
    publish(foundation(name("hidden")).visibility("private"));
    measure("one", 0.6);
    measure("two", 0.8);
    Map<String, Object> spec = spec("pair", "one", "two");
    JsonNode validated =
        data(
                ada(),
                """
                mutation($spec: JSON!) { validateAssembly(assembly: $spec) { record
                  verdict { outcome layers { name } }
                  examination { predictions { taskType mean low high measured } } } }
                """,
                spec)
            .get("validateAssembly");
    assertThat(validated.at("/verdict/layers")).hasSize(2);
    assertThat(validated.at("/examination/predictions/0/mean").asDouble()).isBetween(0.6, 0.8);
    assertThat(validated.at("/record/name").asText()).isEqualTo(name("pair"));
    assertCode(ask(bob(), assembly("pair", "name")), Fault.ASSEMBLY_NOT_FOUND);

    String publish =
        "mutation($spec: JSON!) { publishAssembly(assembly: $spec) { fresh assembly { name } } }";
    assertThat(data(ada(), publish, spec).at("/publishAssembly/fresh").asBoolean()).isTrue();
    assertThat(data(ada(), publish, spec).at("/publishAssembly/fresh").asBoolean()).isFalse();
    data(ada(), publish, spec("secret", "one", "hidden"));
    data(ada(), publish, spec("other", "two"));

    JsonNode seen =
        data(
                bob(),
                assembly(
                    "pair",
                    "outcome visibility record lock parts { id layer { name metrics { mean } } }"
                        + " needs { name } examination { predictions { mean measured } }"))
            .get("assembly");
    assertThat(seen.get("parts")).hasSize(2);
    assertThat(seen.at("/parts/0/layer/metrics/0/mean").asDouble()).isBetween(0.5, 0.7);
    assertThat(seen.at("/examination/predictions/0/measured").asInt()).isEqualTo(2);
    LockFile lock = LockFile.parse(seen.get("lock").toString().getBytes(StandardCharsets.UTF_8));
    assertThat(lock.layers()).hasSize(2);
    assertCode(ask(bob(), assembly("secret", "name")), Fault.ASSEMBLY_NOT_FOUND);

    String page =
        "{ assemblies(namespace: \"%s\", first: %d) { nodes { name lock parts { layer { name } } }"
            + " pageInfo { hasNextPage } } }";
    Statements few = statements(page.formatted(ns(), 1));
    Statements many = statements(page.formatted(ns(), 10));
    assertThat(many.data().at("/assemblies/nodes").findValuesAsText("name"))
        .contains(name("pair"), name("other"))
        .doesNotContain(name("secret"));
    assertThat(few.data().at("/assemblies/pageInfo/hasNextPage").asBoolean()).isTrue();
    assertThat(many.sql()).as(many.toString()).hasSameSizeAs(few.sql());
  }

  private String assembly(String name, String fields) {
    return "{ assembly(name: \"%s\") { %s } }".formatted(name(name), fields);
  }

  private Map<String, Object> spec(String name, String... layers) {
    return Map.of(
        "spec",
        Map.of(
            "name",
            name(name),
            "visibility",
            "public",
            "layers",
            Stream.of(layers).map(layer -> Map.of("layer", ns() + "/" + layer)).toList()));
  }
}
