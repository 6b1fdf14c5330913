// purpose: show which capability is more general than which
// params: $rows (list of {start, end, fields}: keys of both ends, properties)
// returns: nothing
UNWIND $rows AS row
MATCH (start:Capability {key: row.start})
MATCH (end:Capability {key: row.end})
CREATE (start)-[link:BROADER]->(end)
SET link = row.fields
