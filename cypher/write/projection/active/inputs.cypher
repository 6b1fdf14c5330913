// purpose: show which records of inputs are the ones that count
// params: $rows (list of {import, ordinal, active})
// returns: nothing
UNWIND $rows AS row
MATCH ()-[link:INPUT_TO]->()
WHERE link.import = row.import AND link.ordinal = row.ordinal
SET link.active = row.active
