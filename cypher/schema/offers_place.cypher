// purpose: finds the records of offers by import and ordinal
// params: none
// returns: nothing
CREATE INDEX valuechain_offers_place IF NOT EXISTS
FOR ()-[link:OFFERS]-() ON (link.import, link.ordinal)
