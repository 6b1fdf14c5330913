// purpose: delete some things that nothing speaks of any more
// params: $most (how many at once)
// returns: deleted (how many)
MATCH (thing:Organisation|Capability|Stage|Project|Call)
WHERE NOT EXISTS { (thing)--() }
WITH thing LIMIT $most
DELETE thing
RETURN count(*) AS deleted
