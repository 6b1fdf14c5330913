// purpose: records of ownerships in some stretches of imports
// params: $stretches (list of {import, first, end}: ordinals from first, below end), $columns (their names)
// returns: owner and owned (the keys of both ends), values (for each column a list, null where empty)
UNWIND $stretches AS stretch
MATCH (owner)-[link:OWNS]->(owned)
WHERE link.import = stretch.import AND stretch.first <= link.ordinal < stretch.end
WITH collect(link) AS links, collect(owner.key) AS owner, collect(owned.key) AS owned
RETURN owner, owned, [column IN $columns | [link IN links | link[column]]] AS values
