// purpose: show of projects what their active records say together
// params: $rows (list of {key, fields}: all properties)
// returns: nothing
UNWIND $rows AS row
MATCH (thing:Project {key: row.key})
SET thing = row.fields
