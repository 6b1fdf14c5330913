// purpose: let the next writer in
// params: $holder (text)
// returns: nothing
MATCH (lease:Lease {name: 'writer'})
SET lease.asked = timestamp() // locks the node, so that what is read next is the latest
WITH lease
WHERE lease.holder = $holder
REMOVE lease.holder, lease.expires
