// purpose: every import up to a revision
// params: $revision (whole number)
// returns: import (a map of its properties); oldest first
MATCH (import:Import)
WHERE import.revision <= $revision
RETURN import {.*} AS import
ORDER BY import.id
