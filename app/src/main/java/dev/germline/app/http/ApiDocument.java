package dev.germline.app.http;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import io.swagger.v3.oas.annotations.servers.Server;
import io.swagger.v3.oas.annotations.tags.Tag;

/** What the OpenAPI document says of the API as a whole; the rest comes from the controllers. */
@OpenAPIDefinition(
    info =
        @Info(
            title = "Germline",
            version = "1",
            description = "A self-hosted registry and memory for AI models",
            license =
                @License(name = "Apache-2.0", url = "https://www.apache.org/licenses/LICENSE-2.0")),
    servers = @Server(url = "/", description = "the server that gave this document"),
    security = @SecurityRequirement(name = "token"),
    tags = {
      @Tag(name = "layers", description = "Publish layers, find them, read what they hold"),
      @Tag(name = "blobs", description = "Upload the bytes of files before a layer names them"),
      @Tag(name = "lineage", description = "Where layers come from and what depends on them"),
      @Tag(name = "metrics", description = "How layers did, and how they are used"),
      @Tag(name = "compatibility", description = "May these layers be combined and shipped?"),
      @Tag(name = "assemblies", description = "Layers joined into one, pinned by digest"),
      @Tag(name = "sharing", description = "Find, validate, contribute, withdraw; other nodes"),
      @Tag(name = "graphql", description = "The same in one question, and news as it happens"),
      @Tag(name = "ledger", description = "State roots, diffs and proofs"),
      @Tag(name = "identity", description = "Tokens"),
      @Tag(name = "operations", description = "For whoever runs the server")
    })
@SecurityScheme(
    name = "token",
    type = SecuritySchemeType.HTTP,
    scheme = "bearer",
    bearerFormat = "JWT")
final class ApiDocument {
  private ApiDocument() {}
}
