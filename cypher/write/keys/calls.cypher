// purpose: have a node for each key of calls, described already or not yet
// params: $keys (list of text)
// returns: nothing
UNWIND $keys AS key
MERGE (:Call {key: key})
