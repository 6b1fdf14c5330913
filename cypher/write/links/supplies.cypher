// purpose: add records of supplies, each a relationship between two things
// params: $rows (list of {supplier, buyer, fields}: the keys of both ends, the properties of the record)
// returns: nothing
UNWIND $rows AS row
MATCH (supplier:Organisation {key: row.supplier})
MATCH (buyer:Organisation {key: row.buyer})
CREATE (supplier)-[link:SUPPLIES]->(buyer)
SET link = row.fields
