package dev.germline.testing;

import java.util.Locale;

/** What a test can ask for; each is kept by a process of its own. */
enum Store {
  MYSQL,
  NEO4J,
  S3,
  /** MySQL 9 itself, not a server that speaks its protocol. */
  REAL_MYSQL;

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
