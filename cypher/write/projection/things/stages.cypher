// purpose: show of stages what their active records say together
// params: $rows (list of {key, fields}: all properties)
// returns: nothing
UNWIND $rows AS row
MATCH (thing:Stage {key: row.key})
SET thing = row.fields
