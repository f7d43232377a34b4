package dev.germline.app.layers;

import dev.germline.app.identity.Caller;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Which layers a caller may see, for statements of other features: a condition on genomic_layers
 * under the name {@code l}.
 */
public final class VisibleLayers {
  /** The condition, in parentheses; {@link #bind} sets its parameters. */
  public static final String PREDICATE = LayerRows.VISIBLE;

  private VisibleLayers() {}

  /** Sets the parameters of {@link #PREDICATE}; returns the number of the next one. */
  public static int bind(PreparedStatement statement, int from, Caller caller) throws SQLException {
    return LayerRows.visible(statement, from, caller);
  }
}
