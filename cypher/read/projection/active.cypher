// purpose: which links are shown as the ones that count
// params: none
// returns: type, active (a list of [import, ordinal])
MATCH ()-[link:OWNS|INPUT_TO|OFFERS|NEEDS|SUPPLIES|PARTICIPATES_IN|MEMBER_OF]->()
WHERE link.active
RETURN type(link) AS type, collect([link.import, link.ordinal]) AS active
