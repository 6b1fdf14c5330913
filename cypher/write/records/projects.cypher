// purpose: add records that describe projects
// params: $rows (list of {key, fields}: the key of the thing described, the properties of the record)
// returns: nothing
UNWIND $rows AS row
MATCH (thing:Project {key: row.key})
CREATE (record:Record:ProjectRecord)-[:DESCRIBES]->(thing)
SET record = row.fields
