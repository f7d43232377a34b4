package dev.germline.app.graphql;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as the GraphQL over HTTP specification has it.
 *
 * @param query the document
 * @param operationName which of its operations; absent when there is one
 * @param variables their values
 * @param extensions not looked at
 */
@Schema(name = "GraphQlRequest")
record GraphQlRequest(
    @Nullable String query,
    @Nullable String operationName,
    @Nullable Map<String, Object> variables,
    @Nullable Map<String, Object> extensions) {}
