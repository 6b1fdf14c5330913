// purpose: every decision up to a revision
// params: $revision (whole number)
// returns: verdict, subject, object, who, at; in the order in which they were taken
MATCH (decision:Decision)
WHERE decision.revision <= $revision
RETURN decision.verdict AS verdict, decision.subject AS subject, decision.object AS object,
       decision.who AS who, decision.at AS at
ORDER BY decision.revision, decision.ordinal
