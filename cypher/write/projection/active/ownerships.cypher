// purpose: show which records of ownerships are the ones that count
// params: $stretches (list of {import, first, end, active}: ordinals from first, below end)
// returns: nothing
UNWIND $stretches AS stretch
MATCH ()-[link:OWNS]->()
WHERE link.import = stretch.import AND stretch.first <= link.ordinal < stretch.end
SET link.active = stretch.active
