// purpose: who offers a capability
// params: $capability (key, such as 'photonics:laser_diodes')
// returns: organisation, key, region, trl, status, confidence
MATCH (organisation:Organisation)-[offer:OFFERS]->(capability:Capability)
WHERE capability.canonical = $capability AND offer.active AND organisation.active
RETURN organisation.label AS organisation, organisation.canonical AS key, organisation.region AS region,
       offer.trl AS trl, offer.status AS status, offer.confidence AS confidence
ORDER BY organisation, key
