// purpose: finds the records of memberships by import and ordinal
// params: none
// returns: nothing
CREATE INDEX valuechain_memberships_place IF NOT EXISTS
FOR ()-[link:MEMBER_OF]-() ON (link.import, link.ordinal)
