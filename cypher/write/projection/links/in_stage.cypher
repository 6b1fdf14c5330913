// purpose: show in which stage of its chain a capability lies
// params: $rows (list of {start, end, fields}: keys of both ends, properties)
// returns: nothing
UNWIND $rows AS row
MATCH (start:Capability {key: row.start})
MATCH (end:Stage {key: row.end})
CREATE (start)-[link:IN_STAGE]->(end)
SET link = row.fields
