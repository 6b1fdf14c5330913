// purpose: records of supplies in some stretches of imports
// params: $stretches (list of {import, first, end}: ordinals from first, below end)
// returns: records (a list of maps from column to value, without the empty ones)
UNWIND $stretches AS stretch
MATCH (supplier)-[link:SUPPLIES]->(buyer)
WHERE link.import = stretch.import AND stretch.first <= link.ordinal < stretch.end
RETURN collect(link {.*, supplier: supplier.key, buyer: buyer.key}) AS records
