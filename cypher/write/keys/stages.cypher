// purpose: have a node for each key of stages, described already or not yet
// params: $keys (list of text)
// returns: nothing
UNWIND $keys AS key
MERGE (:Stage {key: key})
