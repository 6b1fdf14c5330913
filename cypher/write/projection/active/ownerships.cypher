// purpose: show which records of ownerships are the ones that count
// params: $rows (list of {import, ordinal, active})
// returns: nothing
UNWIND $rows AS row
MATCH ()-[link:OWNS]->()
WHERE link.import = row.import AND link.ordinal = row.ordinal
SET link.active = row.active
