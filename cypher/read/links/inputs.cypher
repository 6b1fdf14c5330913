// purpose: records of inputs in some stretches of imports
// params: $stretches (list of {import, first, end}: ordinals from first, below end)
// returns: records (a list of maps from column to value, without the empty ones)
UNWIND $stretches AS stretch
MATCH (from_capability)-[link:INPUT_TO]->(to_capability)
WHERE link.import = stretch.import AND stretch.first <= link.ordinal < stretch.end
RETURN collect(link {.*, from_capability: from_capability.key, to_capability: to_capability.key}) AS records
