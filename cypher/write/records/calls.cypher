// purpose: add records that describe calls
// params: $rows (list of {key, fields}: the key of the thing described, the properties of the record)
// returns: nothing
UNWIND $rows AS row
MATCH (thing:Call {key: row.key})
CREATE (record:Record:CallRecord)-[:DESCRIBES]->(thing)
SET record = row.fields
