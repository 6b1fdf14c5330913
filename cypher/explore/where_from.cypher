// purpose: the records that describe an organisation, under all its keys, and where they were read
// params: $organisation (canonical key)
// returns: record (its properties), source, file, row, at (when it was imported), described (the key it uses)
MATCH (record:OrganisationRecord)-[:DESCRIBES]->(organisation:Organisation)
WHERE organisation.canonical = $organisation AND organisation.active
MATCH (import:Import {id: record.import})
RETURN record {.*} AS record, import.source AS source, record.file AS file, record.row AS row,
       import.at AS at, organisation.key AS described
ORDER BY at, row
