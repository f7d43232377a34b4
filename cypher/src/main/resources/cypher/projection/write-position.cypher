// Purpose: states the diff that this transaction ends with
// Parameters: $sequence, $record: hex, $state: FOLLOWING or CLEARING
// Columns: none
// Index: projection_name
MATCH (p:Projection {name: 'ledger'})
SET p = {name: 'ledger', sequence: $sequence, record: $record, state: $state}
