// purpose: show which country or other market an organisation sells to
// params: $rows (list of {start, end, label, fields}: keys of both ends, name of the second, properties)
// returns: nothing
UNWIND $rows AS row
MATCH (start:Organisation {key: row.start})
MERGE (end:Market {key: row.end})
SET end.label = row.label
CREATE (start)-[link:TARGETS]->(end)
SET link = row.fields
