// purpose: show who works with whom in projects
// params: $rows (list of {start, end, fields}: keys of both ends, properties)
// returns: nothing
UNWIND $rows AS row
MATCH (start:Organisation {key: row.start})
MATCH (end:Organisation {key: row.end})
CREATE (start)-[link:COLLABORATES]->(end)
SET link = row.fields
