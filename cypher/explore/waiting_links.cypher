// purpose: keys that links name and that no active record describes, so that these links do not count yet
// params: none
// returns: kind, key, links (how many)
MATCH (thing:Organisation|Capability|Stage|Project|Call)-[link:OWNS|INPUT_TO|OFFERS|NEEDS|SUPPLIES|PARTICIPATES_IN|MEMBER_OF]-()
WHERE coalesce(thing.active, false) = false
RETURN labels(thing) AS kind, thing.key AS key, count(link) AS links
ORDER BY links DESC, key
