// purpose: finds the records that are nodes by import and ordinal
// params: none
// returns: nothing
CREATE INDEX valuechain_records_place IF NOT EXISTS
FOR (record:Record) ON (record.import, record.ordinal)
