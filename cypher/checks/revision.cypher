// purpose: every revision has its event
// params: none
// returns: revision, events (how many); no row if all is well
MATCH (store:Store {name: 'valuechain'})
OPTIONAL MATCH (event:Event)
WITH store.revision AS revision, count(event) AS events, coalesce(max(event.revision), 0) AS last
WHERE events <> revision OR last <> revision
RETURN revision, events
