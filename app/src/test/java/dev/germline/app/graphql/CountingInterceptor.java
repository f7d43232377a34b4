package dev.germline.app.graphql;

import com.mysql.cj.MysqlConnection;
import com.mysql.cj.Query;
import com.mysql.cj.interceptors.QueryInterceptor;
import com.mysql.cj.log.Log;
import com.mysql.cj.protocol.Resultset;
import com.mysql.cj.protocol.ServerSession;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Writes down the statements that the driver sends; named in the test's JDBC URL. Its nulls tell
 * the driver to go on as it would.
 */
@SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // as the driver declares it
public final class CountingInterceptor implements QueryInterceptor {
  private static final Pattern ASKED = Pattern.compile("layer|entities|contents|claim|assembl");

  /** Threads of what the app does by itself now and then. */
  private static final String TIMERS = "scheduled-executor";

  private static final List<String> SENT = new CopyOnWriteArrayList<>();

  /** The questions about what clients see since the last call; not the bookkeeping of pools. */
  static List<String> drain() {
    List<String> sent = SENT.stream().filter(sql -> ASKED.matcher(sql).find()).toList();
    SENT.clear();
    return sent;
  }

  @Override
  public QueryInterceptor init(MysqlConnection connection, Properties properties, Log log) {
    return this;
  }

  @Override
  public <T extends Resultset> T preProcess(Supplier<String> sql, Query query) {
    return null;
  }

  @Override
  public boolean executeTopLevelOnly() {
    return true;
  }

  @Override
  public void destroy() {}

  @Override
  public <T extends Resultset> T postProcess(
      Supplier<String> sql, Query query, T result, ServerSession session) {
    if (!Thread.currentThread().getName().startsWith(TIMERS)) {
      SENT.add(String.valueOf(sql.get()));
    }
    return null;
  }
}
