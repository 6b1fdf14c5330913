// purpose: add records of participations, each a relationship between two things
// params: $rows (list of {organisation, project, fields}: the keys of both ends, the properties of the record)
// returns: nothing
UNWIND $rows AS row
MATCH (organisation:Organisation {key: row.organisation})
MATCH (project:Project {key: row.project})
CREATE (organisation)-[link:PARTICIPATES_IN]->(project)
SET link = row.fields
