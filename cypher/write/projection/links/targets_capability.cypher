// purpose: show which field of application an organisation sells to
// params: $rows (list of {start, end, fields}: keys of both ends, properties)
// returns: nothing
UNWIND $rows AS row
MATCH (start:Organisation {key: row.start})
MATCH (end:Capability {key: row.end})
CREATE (start)-[link:TARGETS]->(end)
SET link = row.fields
