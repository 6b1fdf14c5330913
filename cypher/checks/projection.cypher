// purpose: what is shown is the newest revision
// params: none
// returns: revision, projection (the revision shown); no row if all is well
MATCH (store:Store {name: 'valuechain'})
WHERE store.revision > 0 AND coalesce(store.projection, 0) <> store.revision
RETURN store.revision AS revision, store.projection AS projection
