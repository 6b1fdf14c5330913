// purpose: show which records of offers are the ones that count
// params: $stretches (list of {import, first, end, active}: ordinals from first, below end)
// returns: nothing
UNWIND $stretches AS stretch
MATCH ()-[link:OFFERS]->()
WHERE link.import = stretch.import AND stretch.first <= link.ordinal < stretch.end
SET link.active = stretch.active
