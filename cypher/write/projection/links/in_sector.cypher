// purpose: show in which sector an organisation works
// params: $rows (list of {start, end, label, fields}: keys of both ends, name of the second, properties)
// returns: nothing
UNWIND $rows AS row
MATCH (start:Organisation {key: row.start})
MERGE (end:Sector {key: row.end})
SET end.label = row.label
CREATE (start)-[link:IN_SECTOR]->(end)
SET link = row.fields
