// purpose: delete some links that a dead writer left
// params: $import (whole number), $most (how many at once)
// returns: deleted (how many)
CALL () {
  MATCH ()-[link:OWNS]->() WHERE link.import = $import AND link.ordinal >= 0 RETURN link
  UNION ALL
  MATCH ()-[link:INPUT_TO]->() WHERE link.import = $import AND link.ordinal >= 0 RETURN link
  UNION ALL
  MATCH ()-[link:OFFERS]->() WHERE link.import = $import AND link.ordinal >= 0 RETURN link
  UNION ALL
  MATCH ()-[link:NEEDS]->() WHERE link.import = $import AND link.ordinal >= 0 RETURN link
  UNION ALL
  MATCH ()-[link:SUPPLIES]->() WHERE link.import = $import AND link.ordinal >= 0 RETURN link
  UNION ALL
  MATCH ()-[link:PARTICIPATES_IN]->() WHERE link.import = $import AND link.ordinal >= 0 RETURN link
  UNION ALL
  MATCH ()-[link:MEMBER_OF]->() WHERE link.import = $import AND link.ordinal >= 0 RETURN link
}
WITH link LIMIT $most
DELETE link
RETURN count(*) AS deleted
