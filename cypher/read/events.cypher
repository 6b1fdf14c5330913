// purpose: every event up to a revision
// params: $revision (whole number)
// returns: revision, action, target, at, by; oldest first
MATCH (event:Event)
WHERE event.revision <= $revision
RETURN event.revision AS revision, event.action AS action, event.target AS target, event.at AS at, event.by AS by
ORDER BY revision
