// Purpose: finds layers by words in their names and descriptions; behind a commit by moments, so that none waits
// Parameters: none
// Columns: none
// Index: makes layer_text
CREATE FULLTEXT INDEX layer_text IF NOT EXISTS FOR (n:Layer) ON EACH [n.name, n.description]
OPTIONS {indexConfig: {`fulltext.eventually_consistent`: true}}
