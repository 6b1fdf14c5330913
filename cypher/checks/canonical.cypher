// purpose: the canonical key of an organisation is its own canonical key
// params: none
// returns: key, canonical; no row if all is well
MATCH (organisation:Organisation)
WHERE organisation.active
  AND NOT EXISTS {
    MATCH (own:Organisation {key: organisation.canonical})
    WHERE own.canonical = own.key AND own.active
  }
RETURN organisation.key AS key, organisation.canonical AS canonical
ORDER BY key
