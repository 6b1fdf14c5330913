// purpose: records of memberships in some stretches of imports
// params: $stretches (list of {import, first, end}: ordinals from first, below end), $columns (their names)
// returns: organisation and cluster (the keys of both ends), values (for each column a list, null where empty)
UNWIND $stretches AS stretch
MATCH (organisation)-[link:MEMBER_OF]->(cluster)
WHERE link.import = stretch.import AND stretch.first <= link.ordinal < stretch.end
WITH collect(link) AS links, collect(organisation.key) AS organisation, collect(cluster.key) AS cluster
RETURN organisation, cluster, [column IN $columns | [link IN links | link[column]]] AS values
