// purpose: what the organisations of a region offer
// params: $region (beginning of a region code, such as 'DE2')
// returns: organisation, key, kind, region, offers (names of capabilities)
MATCH (organisation:Organisation)-[:LOCATED_IN]->(region:Region)
WHERE region.key STARTS WITH $region AND organisation.active
OPTIONAL MATCH (same:Organisation {canonical: organisation.canonical})-[offer:OFFERS]->(capability:Capability)
WHERE offer.active AND capability.active
RETURN organisation.label AS organisation, organisation.key AS key, organisation.kind AS kind,
       region.label AS region, collect(DISTINCT capability.label) AS offers
ORDER BY region, organisation, key
