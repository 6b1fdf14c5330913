// purpose: add records of inputs, each a relationship between two things
// params: $rows (list of {from_capability, to_capability, fields}: the keys of both ends, the properties of the record)
// returns: nothing
UNWIND $rows AS row
MATCH (from_capability:Capability {key: row.from_capability})
MATCH (to_capability:Capability {key: row.to_capability})
CREATE (from_capability)-[link:INPUT_TO]->(to_capability)
SET link = row.fields
