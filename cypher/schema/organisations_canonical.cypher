// purpose: finds all keys of one organisation
// params: none
// returns: nothing
CREATE INDEX valuechain_organisations_canonical IF NOT EXISTS
FOR (thing:Organisation) ON (thing.canonical)
