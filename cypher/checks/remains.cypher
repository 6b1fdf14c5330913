// purpose: no record is left of an import that is neither in the books nor being written
// params: none
// returns: import, records (how many nodes); no row if all is well
MATCH (record:Record)
WHERE NOT EXISTS { (:Import {id: record.import}) }
  AND NOT EXISTS { (:Lease {unfinished: record.import}) }
RETURN record.import AS import, count(record) AS records
ORDER BY import
