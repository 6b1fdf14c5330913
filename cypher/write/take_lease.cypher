// purpose: take the right to write, unless somebody alive holds it
// params: $holder (text), $milliseconds (how long it lasts unless kept)
// returns: unfinished (the import that a dead writer left, or null); no row if somebody else holds the lease
MERGE (lease:Lease {name: 'writer'})
SET lease.asked = timestamp() // locks the node, so that what is read next is the latest
WITH lease
WHERE lease.holder IS NULL OR lease.expires < timestamp()
SET lease.holder = $holder, lease.expires = timestamp() + $milliseconds
RETURN lease.unfinished AS unfinished
