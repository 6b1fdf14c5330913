// purpose: organisations that several sources know, and under which keys
// params: none
// returns: organisation, key, other_keys
MATCH (other:Organisation)-[:SAME_AS]->(organisation:Organisation)
WHERE organisation.active
RETURN organisation.label AS organisation, organisation.key AS key, collect(other.key) AS other_keys
ORDER BY size(other_keys) DESC, key
