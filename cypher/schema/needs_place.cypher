// purpose: finds the records of needs by import and ordinal
// params: none
// returns: nothing
CREATE INDEX valuechain_needs_place IF NOT EXISTS
FOR ()-[link:NEEDS]-() ON (link.import, link.ordinal)
