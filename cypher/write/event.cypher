// purpose: add an event, which makes the next revision
// params: $action (text), $target (whole number), $at (text), $by (text)
// returns: revision
MATCH (store:Store {name: 'valuechain'})
SET store.revision = store.revision + 1
CREATE (event:Event {revision: store.revision, action: $action, target: $target, at: $at, by: $by})
RETURN event.revision AS revision
