// purpose: the number that the next import gets
// params: none
// returns: id
MATCH (import:Import)
RETURN coalesce(max(import.id), 0) + 1 AS id
