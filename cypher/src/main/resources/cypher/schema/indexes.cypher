// Purpose: the indexes that are there on their own, without those of constraints and of labels
// Parameters: none
// Columns: name, tokens: labels or types, properties
// Index: none
SHOW INDEXES YIELD name, type, labelsOrTypes, properties, state, owningConstraint
WHERE type <> 'LOOKUP' AND owningConstraint IS NULL AND state <> 'FAILED'
RETURN name, labelsOrTypes AS tokens, properties
