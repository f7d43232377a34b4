// Purpose: the ledger sequence and record that the graph shows, and whether it is being cleared
// Parameters: none
// Columns: sequence, record, state (FOLLOWING or CLEARING)
// Index: projection_name
MATCH (p:Projection {name: 'ledger'})
RETURN p.sequence AS sequence, p.record AS record, p.state AS state
