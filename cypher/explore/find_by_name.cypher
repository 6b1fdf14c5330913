// purpose: organisations, capabilities and projects whose name holds a word
// params: $words (text, such as 'laser*')
// returns: kind, key, name; the best match first
CALL db.index.fulltext.queryNodes('valuechain_names', $words) YIELD node, score
WHERE node.active AND node.key = node.canonical
RETURN labels(node) AS kind, node.key AS key, coalesce(node.name, node.label, node.title) AS name
ORDER BY score DESC, key
LIMIT 50
