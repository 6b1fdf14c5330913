// purpose: records of ownerships in some stretches of imports
// params: $stretches (list of {import, first, end}: ordinals from first, below end), $fields (names of columns)
// returns: owner and owned (the keys of both ends), columns (for each field a list of values, null where empty)
UNWIND $stretches AS stretch
MATCH (owner)-[link:OWNS]->(owned)
WHERE link.import = stretch.import AND stretch.first <= link.ordinal < stretch.end
WITH collect(link) AS links, collect(owner.key) AS owner, collect(owned.key) AS owned
RETURN owner, owned, [field IN $fields | [link IN links | link[field]]] AS columns
