// purpose: add records that describe capabilities
// params: $rows (list of {key, fields}: the key of the thing described, the properties of the record)
// returns: nothing
UNWIND $rows AS row
MATCH (thing:Capability {key: row.key})
CREATE (record:Record:CapabilityRecord)-[:DESCRIBES]->(thing)
SET record = row.fields
