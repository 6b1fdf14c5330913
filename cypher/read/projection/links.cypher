// purpose: which computed links are shown
// params: none
// returns: stamps (a list)
MATCH ()-[link:BROADER|COLLABORATES|IN_SECTOR|IN_STAGE|LOCATED_IN|SAME_AS|TARGETS]->()
RETURN collect(link.stamp) AS stamps
