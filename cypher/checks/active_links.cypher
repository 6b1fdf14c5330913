// purpose: a link that counts is of an import in the books, and joins things that are shown
// params: none
// returns: type, import, ordinal; no row if all is well
MATCH (start)-[link:OWNS|INPUT_TO|OFFERS|NEEDS|SUPPLIES|PARTICIPATES_IN|MEMBER_OF]->(end)
WHERE link.active
  AND (NOT EXISTS { (:Import {id: link.import}) } OR NOT coalesce(start.active AND end.active, false))
RETURN type(link) AS type, link.import AS import, link.ordinal AS ordinal
ORDER BY type, import, ordinal
