// purpose: mark an empty database as ours
// params: $format (whole number)
// returns: nothing
MERGE (store:Store {name: 'valuechain'})
ON CREATE SET store.format = $format, store.revision = 0
