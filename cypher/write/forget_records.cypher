// purpose: delete some records that a dead writer left
// params: $import (whole number), $most (how many at once)
// returns: deleted (how many)
MATCH (record:Record)
WHERE record.import = $import AND record.ordinal >= 0
WITH record LIMIT $most
DETACH DELETE record
RETURN count(*) AS deleted
