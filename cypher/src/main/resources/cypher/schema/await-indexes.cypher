// Purpose: waits until every index serves queries, so that no MERGE runs on a scan
// Parameters: $seconds: how long, a whole number
// Columns: none
// Index: none
CALL db.awaitIndexes($seconds)
