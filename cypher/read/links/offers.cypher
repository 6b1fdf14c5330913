// purpose: records of offers in some stretches of imports
// params: $stretches (list of {import, first, end}: ordinals from first, below end), $columns (their names)
// returns: organisation and capability (the keys of both ends), values (for each column a list, null where empty)
UNWIND $stretches AS stretch
MATCH (organisation)-[link:OFFERS]->(capability)
WHERE link.import = stretch.import AND stretch.first <= link.ordinal < stretch.end
WITH collect(link) AS links, collect(organisation.key) AS organisation, collect(capability.key) AS capability
RETURN organisation, capability, [column IN $columns | [link IN links | link[column]]] AS values
