// purpose: add decisions
// params: $rows (list of maps of their properties)
// returns: nothing
UNWIND $rows AS row
CREATE (decision:Decision)
SET decision = row
