// purpose: no record is left of an import that is neither in the books nor being written
// params: none
// returns: import, records (how many); no row if all is well
MATCH (import:Import)
WITH collect(import.id) AS known
OPTIONAL MATCH (lease:Lease)
WITH known, collect(lease.unfinished) AS writing
WITH known + writing AS known
CALL (known) {
  MATCH (record:Record) WHERE NOT record.import IN known RETURN record.import AS import
  UNION ALL
  MATCH ()-[link:OWNS|INPUT_TO|OFFERS|NEEDS|SUPPLIES|PARTICIPATES_IN|MEMBER_OF]->()
  WHERE NOT link.import IN known
  RETURN link.import AS import
}
RETURN import, count(*) AS records
ORDER BY import
