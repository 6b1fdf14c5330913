// purpose: what the database is: ours, another program's or empty
// params: none
// returns: format, revision and projection (the revision that is shown to people), null where it is not ours; occupied (whether it holds any node)
OPTIONAL MATCH (store:Store {name: 'valuechain'})
RETURN store.format AS format, store.revision AS revision, store.projection AS projection,
       EXISTS { MATCH (anything) } AS occupied
