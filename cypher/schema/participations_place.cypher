// purpose: finds the records of participations by import and ordinal
// params: none
// returns: nothing
CREATE INDEX valuechain_participations_place IF NOT EXISTS
FOR ()-[link:PARTICIPATES_IN]-() ON (link.import, link.ordinal)
