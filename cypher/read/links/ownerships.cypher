// purpose: records of ownerships in some stretches of imports
// params: $stretches (list of {import, first, end}: ordinals from first, below end)
// returns: records (a list of maps from column to value, without the empty ones)
UNWIND $stretches AS stretch
MATCH (owner)-[link:OWNS]->(owned)
WHERE link.import = stretch.import AND stretch.first <= link.ordinal < stretch.end
RETURN collect(link {.*, owner: owner.key, owned: owned.key}) AS records
