// purpose: say which revision is shown
// params: $revision (whole number)
// returns: nothing
MATCH (store:Store {name: 'valuechain'})
SET store.projection = $revision
