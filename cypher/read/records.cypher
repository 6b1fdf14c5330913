// purpose: records of one kind that are nodes, in some stretches of imports
// params: $label (the label of the kind's records), $stretches (list of {import, first, end}: ordinals from first, below end), $columns (their names)
// returns: values (for each column a list, null where empty)
UNWIND $stretches AS stretch
MATCH (record:Record)
WHERE record.import = stretch.import AND stretch.first <= record.ordinal < stretch.end AND $label IN labels(record)
WITH collect(record) AS records
RETURN [column IN $columns | [record IN records | record[column]]] AS values
