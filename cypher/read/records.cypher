// purpose: records of one kind that are nodes, in some stretches of imports
// params: $label (the label of the kind's records), $stretches (list of {import, first, end}: ordinals from first, below end), $fields (names of columns)
// returns: columns (for each field a list of values, null where empty)
UNWIND $stretches AS stretch
MATCH (record:Record)
WHERE record.import = stretch.import AND stretch.first <= record.ordinal < stretch.end AND $label IN labels(record)
WITH collect(record) AS records
RETURN [field IN $fields | [record IN records | record[field]]] AS columns
