// purpose: add records that describe stages
// params: $rows (list of {key, fields}: the key of the thing described, the properties of the record)
// returns: nothing
UNWIND $rows AS row
MATCH (thing:Stage {key: row.key})
CREATE (record:Record:StageRecord)-[:DESCRIBES]->(thing)
SET record = row.fields
