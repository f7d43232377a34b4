// Purpose: makes the node that holds the position, standing before the first diff
// Parameters: $record: 64 zeros, the record hash of the empty ledger
// Columns: none
// Index: projection_name
MERGE (p:Projection {name: 'ledger'})
ON CREATE SET p.sequence = 0, p.record = $record, p.state = 'FOLLOWING'
