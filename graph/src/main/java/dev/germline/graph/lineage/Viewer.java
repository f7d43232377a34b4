package dev.germline.graph.lineage;

/**
 * Who is looking. A viewer sees layers that are public or of the organization, those it created,
 * those whose whitelist names it, and as an admin all.
 */
public record Viewer(String principal, boolean admin) {}
