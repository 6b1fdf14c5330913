// purpose: add records of memberships, each a relationship between two things
// params: $rows (list of {organisation, cluster, fields}: the keys of both ends, the properties of the record)
// returns: nothing
UNWIND $rows AS row
MATCH (organisation:Organisation {key: row.organisation})
MATCH (cluster:Organisation {key: row.cluster})
CREATE (organisation)-[link:MEMBER_OF]->(cluster)
SET link = row.fields
