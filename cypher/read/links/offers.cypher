// purpose: records of offers in some stretches of imports
// params: $stretches (list of {import, first, end}: ordinals from first, below end)
// returns: records (a list of maps from column to value, without the empty ones)
UNWIND $stretches AS stretch
MATCH (organisation)-[link:OFFERS]->(capability)
WHERE link.import = stretch.import AND stretch.first <= link.ordinal < stretch.end
RETURN collect(link {.*, organisation: organisation.key, capability: capability.key}) AS records
