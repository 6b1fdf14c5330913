// purpose: records of inputs in some stretches of imports
// params: $stretches (list of {import, first, end}: ordinals from first, below end), $columns (their names)
// returns: from_capability and to_capability (the keys of both ends), values (for each column a list, null where empty)
UNWIND $stretches AS stretch
MATCH (from_capability)-[link:INPUT_TO]->(to_capability)
WHERE link.import = stretch.import AND stretch.first <= link.ordinal < stretch.end
WITH collect(link) AS links, collect(from_capability.key) AS from_capability, collect(to_capability.key) AS to_capability
RETURN from_capability, to_capability, [column IN $columns | [link IN links | link[column]]] AS values
