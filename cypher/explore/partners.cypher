// purpose: with whom an organisation works in projects
// params: $organisation (canonical key)
// returns: partner, key, projects (how many), contribution_eur (of both, in these projects)
MATCH (organisation:Organisation {key: $organisation})-[joint:COLLABORATES]-(partner:Organisation)
WHERE organisation.active AND partner.active
RETURN partner.label AS partner, partner.key AS key, joint.projects AS projects,
       joint.contribution_eur AS contribution_eur
ORDER BY projects DESC, key
