// purpose: add records of ownerships, each a relationship between two things
// params: $rows (list of {owner, owned, fields}: the keys of both ends, the properties of the record)
// returns: nothing
UNWIND $rows AS row
MATCH (owner:Organisation {key: row.owner})
MATCH (owned:Organisation {key: row.owned})
CREATE (owner)-[link:OWNS]->(owned)
SET link = row.fields
