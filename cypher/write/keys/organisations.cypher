// purpose: have a node for each key of organisations, described already or not yet
// params: $keys (list of text)
// returns: nothing
UNWIND $keys AS key
MERGE (:Organisation {key: key})
