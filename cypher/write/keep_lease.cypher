// purpose: show a sign of life, and say which import is being written
// params: $holder (text), $milliseconds (how long it lasts from now), $unfinished (id of the import, or null)
// returns: holder; no row if the lease is lost
MATCH (lease:Lease {name: 'writer'})
SET lease.asked = timestamp() // locks the node, so that what is read next is the latest
WITH lease
WHERE lease.holder = $holder
SET lease.expires = timestamp() + $milliseconds, lease.unfinished = $unfinished
RETURN lease.holder AS holder
