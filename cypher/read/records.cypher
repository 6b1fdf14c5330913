// purpose: records of one kind that are nodes, in some stretches of imports
// params: $label (the label of the kind's records), $stretches (list of {import, first, end}: ordinals from first, below end)
// returns: records (a list of maps from column to value, without the empty ones)
UNWIND $stretches AS stretch
MATCH (record:Record)
WHERE record.import = stretch.import AND stretch.first <= record.ordinal < stretch.end AND $label IN labels(record)
RETURN collect(record {.*}) AS records
