// purpose: records of supplies in some stretches of imports
// params: $stretches (list of {import, first, end}: ordinals from first, below end), $fields (names of columns)
// returns: supplier and buyer (the keys of both ends), columns (for each field a list of values, null where empty)
UNWIND $stretches AS stretch
MATCH (supplier)-[link:SUPPLIES]->(buyer)
WHERE link.import = stretch.import AND stretch.first <= link.ordinal < stretch.end
WITH collect(link) AS links, collect(supplier.key) AS supplier, collect(buyer.key) AS buyer
RETURN supplier, buyer, [field IN $fields | [link IN links | link[field]]] AS columns
