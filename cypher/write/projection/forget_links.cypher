// purpose: delete computed links that are no longer so
// params: $stamps (list of text)
// returns: nothing
MATCH ()-[link:BROADER|COLLABORATES|IN_SECTOR|IN_STAGE|LOCATED_IN|SAME_AS|TARGETS]->()
WHERE link.stamp IN $stamps
DELETE link
