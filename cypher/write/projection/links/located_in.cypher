// purpose: show in which region an organisation lies
// params: $rows (list of {start, end, label, fields}: keys of both ends, name of the second, properties)
// returns: nothing
UNWIND $rows AS row
MATCH (start:Organisation {key: row.start})
MERGE (end:Region {key: row.end})
SET end.label = row.label
CREATE (start)-[link:LOCATED_IN]->(end)
SET link = row.fields
