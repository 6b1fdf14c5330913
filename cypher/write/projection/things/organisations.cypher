// purpose: show of organisations what their active records say together
// params: $rows (list of {key, fields, labels}: all properties, and the label of its kind), $kinds (all such labels)
// returns: nothing
UNWIND $rows AS row
MATCH (thing:Organisation {key: row.key})
REMOVE thing:$($kinds)
SET thing = row.fields
SET thing:$(row.labels)
