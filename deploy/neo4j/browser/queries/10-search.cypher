// Which layers speak of it? ($words)
CALL db.index.fulltext.queryNodes('layer_text', $words, {limit: 25}) YIELD node, score
RETURN node.name AS layer, node.type AS type, score, node.description AS description
