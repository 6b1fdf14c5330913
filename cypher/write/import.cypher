// purpose: add an import to the books; its records become visible with the event that goes with it
// params: $fields (the properties of the import)
// returns: nothing
CREATE (import:Import)
SET import = $fields
