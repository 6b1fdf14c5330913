// purpose: add records that neither describe a thing with a key nor link two
// params: $label (the label of the kind's records), $rows (list of {fields}: the properties of the record)
// returns: nothing
UNWIND $rows AS row
CREATE (record:Record:$($label))
SET record = row.fields
