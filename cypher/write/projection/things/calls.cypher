// purpose: show of calls what their active records say together
// params: $rows (list of {key, fields}: all properties)
// returns: nothing
UNWIND $rows AS row
MATCH (thing:Call {key: row.key})
SET thing = row.fields
