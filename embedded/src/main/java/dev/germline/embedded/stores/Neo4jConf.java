package dev.germline.embedded.stores;

import java.util.List;

/** What stands in {@code neo4j.conf} on one machine. */
final class Neo4jConf {
  private Neo4jConf() {}

  static List<String> lines(int boltPort, int httpPort, int heapMiB) {
    String guide = "http://127.0.0.1:%d/browser-germline/".formatted(httpPort);
    return List.of(
        "server.default_listen_address=127.0.0.1",
        "server.default_advertised_address=127.0.0.1",
        "server.bolt.listen_address=127.0.0.1:" + boltPort,
        "server.bolt.advertised_address=127.0.0.1:" + boltPort,
        "server.http.listen_address=127.0.0.1:" + httpPort,
        "server.http.advertised_address=127.0.0.1:" + httpPort,
        "server.https.enabled=false",
        // A larger heap is for a larger graph, which wants its files in memory as well.
        "server.memory.pagecache.size=" + (heapMiB <= 256 ? 64 : heapMiB / 2) + "m",
        // 515 MB of empty log otherwise.
        "db.tx_log.preallocate=false",
        "db.tx_log.rotation.retention_policy=64M size",
        "db.logs.query.enabled=OFF",
        // Nothing of ours is reported to anyone.
        "dbms.usage_report.enabled=false",
        "dbms.fleet_manager.enabled=false",
        "server.fleet_discovery.enabled=false",
        "client.allow_telemetry=false",
        // Neo4j Browser begins with the colours and the guide, both from this very server.
        "browser.remote_content_hostname_whitelist=127.0.0.1,localhost",
        "browser.post_connect_cmd=style %sgermline.grass; guide %slineage.html"
            .formatted(guide, guide),
        // Stop in a second, not in half a minute.
        "internal.server.bolt.thread_pool_shutdown_wait_time=1s",
        "internal.server.bolt.connection_shutdown_wait_time=1s",
        "internal.dbms.bolt.netty_server_shutdown_quiet_period_duration=0s",
        "internal.dbms.bolt.netty_server_shutdown_timeout=1s");
  }
}
