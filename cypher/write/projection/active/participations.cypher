// purpose: show which records of participations are the ones that count
// params: $rows (list of {import, ordinal, active})
// returns: nothing
UNWIND $rows AS row
MATCH ()-[link:PARTICIPATES_IN]->()
WHERE link.import = row.import AND link.ordinal = row.ordinal
SET link.active = row.active
