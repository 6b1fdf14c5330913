// purpose: show which keys are of one organisation
// params: $rows (list of {start, end, fields}: keys of both ends, properties)
// returns: nothing
UNWIND $rows AS row
MATCH (start:Organisation {key: row.start})
MATCH (end:Organisation {key: row.end})
CREATE (start)-[link:SAME_AS]->(end)
SET link = row.fields
