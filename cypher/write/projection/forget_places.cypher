// purpose: delete regions, sectors and markets that nothing leads to any more
// params: none
// returns: nothing
MATCH (place:Region|Sector|Market)
WHERE NOT EXISTS { (place)--() }
DELETE place
