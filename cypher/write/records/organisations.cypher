// purpose: add records that describe organisations
// params: $rows (list of {key, fields}: the key of the thing described, the properties of the record)
// returns: nothing
UNWIND $rows AS row
MATCH (thing:Organisation {key: row.key})
CREATE (record:Record:OrganisationRecord)-[:DESCRIBES]->(thing)
SET record = row.fields
