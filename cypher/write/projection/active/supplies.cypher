// purpose: show which records of supplies are the ones that count
// params: $stretches (list of {import, first, end, active}: ordinals from first, below end)
// returns: nothing
UNWIND $stretches AS stretch
MATCH ()-[link:SUPPLIES]->()
WHERE link.import = stretch.import AND stretch.first <= link.ordinal < stretch.end
SET link.active = stretch.active
