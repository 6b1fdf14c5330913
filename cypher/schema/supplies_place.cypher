// purpose: finds the records of supplies by import and ordinal
// params: none
// returns: nothing
CREATE INDEX valuechain_supplies_place IF NOT EXISTS
FOR ()-[link:SUPPLIES]-() ON (link.import, link.ordinal)
