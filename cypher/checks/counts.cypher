// purpose: every import has as many records as it says
// params: none
// returns: import, said, found; no row if all is well
MATCH (import:Import)
CALL (import) {
  MATCH (record:Record)
  WHERE record.import = import.id AND record.ordinal >= 0
  RETURN count(record) AS nodes
}
CALL (import) {
  MATCH ()-[link:OWNS]->() WHERE link.import = import.id AND link.ordinal >= 0 RETURN count(link) AS some
  UNION ALL
  MATCH ()-[link:INPUT_TO]->() WHERE link.import = import.id AND link.ordinal >= 0 RETURN count(link) AS some
  UNION ALL
  MATCH ()-[link:OFFERS]->() WHERE link.import = import.id AND link.ordinal >= 0 RETURN count(link) AS some
  UNION ALL
  MATCH ()-[link:NEEDS]->() WHERE link.import = import.id AND link.ordinal >= 0 RETURN count(link) AS some
  UNION ALL
  MATCH ()-[link:SUPPLIES]->() WHERE link.import = import.id AND link.ordinal >= 0 RETURN count(link) AS some
  UNION ALL
  MATCH ()-[link:PARTICIPATES_IN]->() WHERE link.import = import.id AND link.ordinal >= 0 RETURN count(link) AS some
  UNION ALL
  MATCH ()-[link:MEMBER_OF]->() WHERE link.import = import.id AND link.ordinal >= 0 RETURN count(link) AS some
}
WITH import, nodes, sum(some) AS links
WHERE nodes + links <> import.records
RETURN import.id AS import, import.records AS said, nodes + links AS found
ORDER BY import
