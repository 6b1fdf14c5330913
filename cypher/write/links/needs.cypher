// purpose: add records of needs, each a relationship between two things
// params: $rows (list of {organisation, capability, fields}: the keys of both ends, the properties of the record)
// returns: nothing
UNWIND $rows AS row
MATCH (organisation:Organisation {key: row.organisation})
MATCH (capability:Capability {key: row.capability})
CREATE (organisation)-[link:NEEDS]->(capability)
SET link = row.fields
