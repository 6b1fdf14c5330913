// purpose: records of supplies in some stretches of imports
// params: $stretches (list of {import, first, end}: ordinals from first, below end), $columns (their names)
// returns: supplier and buyer (the keys of both ends), values (for each column a list, null where empty)
UNWIND $stretches AS stretch
MATCH (supplier)-[link:SUPPLIES]->(buyer)
WHERE link.import = stretch.import AND stretch.first <= link.ordinal < stretch.end
WITH collect(link) AS links, collect(supplier.key) AS supplier, collect(buyer.key) AS buyer
RETURN supplier, buyer, [column IN $columns | [link IN links | link[column]]] AS values
