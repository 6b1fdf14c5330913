// purpose: finds the records of ownerships by import and ordinal
// params: none
// returns: nothing
CREATE INDEX valuechain_ownerships_place IF NOT EXISTS
FOR ()-[link:OWNS]-() ON (link.import, link.ordinal)
