// purpose: no thing stands alone that no record describes and no link names
// params: none
// returns: kind, key; no row if all is well
MATCH (thing:Organisation|Capability|Stage|Project|Call)
WHERE NOT EXISTS { (thing)--() }
RETURN labels(thing) AS kind, thing.key AS key
ORDER BY key
