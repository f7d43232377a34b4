// Purpose: the constraints that are there
// Parameters: none
// Columns: name, tokens: labels or types, properties
// Index: none
SHOW CONSTRAINTS YIELD name, labelsOrTypes, properties
RETURN name, labelsOrTypes AS tokens, properties
