// How current is the graph?
MATCH (p:Projection {name: 'ledger'})
RETURN p.sequence AS ledgerSequence, p.record AS record, p.state AS state
