package dev.germline.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.app.TestApp;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

final class OpenApiIT {
  private final TestApp app = TestApp.get();

  @Test
  void theDocumentNamesEveryRoute() {
    Set<String> routes =
        app.bean(Router.class)
            .uriRoutes()
            .filter(route -> route.getUriMatchTemplate().toString().startsWith("/api/"))
            .map(OpenApiIT::name)
            .filter(name -> !name.startsWith("HEAD"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(routes).hasSizeGreaterThan(15);
    assertThat(documented()).containsAll(routes);
  }

  @Test
  void swaggerUiLoadsNothingFromElsewhere() {
    String page = app.anonymous().get("/swagger-ui/index.html").text();
    assertThat(page).contains("/swagger/germline.yml").doesNotContain("https://");
    assertThat(app.anonymous().get("/swagger-ui/res/swagger-ui-bundle.js").status()).isEqualTo(200);
  }

  private static String name(UriRouteInfo<?, ?> route) {
    return route.getHttpMethodName()
        + " "
        + route.getUriMatchTemplate().toString().replaceAll("\\{\\+?(\\w+)[^}]*}", "{$1}");
  }

  private Set<String> documented() {
    Map<String, Map<String, Map<String, Object>>> document =
        new Yaml().load(app.anonymous().get("/swagger/germline.yml").text());
    Set<String> names = new TreeSet<>();
    Objects.requireNonNull(document.get("paths"))
        .forEach((path, methods) ->
            methods
                .keySet()
                .forEach(method -> names.add(method.toUpperCase(Locale.ROOT) + " " + path)));
    return names;
  }
}
