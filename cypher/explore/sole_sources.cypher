// purpose: capabilities that only one organisation offers
// params: none
// returns: capability, key, organisation (its name), organisation_key
MATCH (organisation:Organisation)-[offer:OFFERS]->(capability:Capability)
WHERE offer.active AND organisation.active AND capability.active
WITH capability.canonical AS key, capability.label AS capability,
     collect(DISTINCT organisation.canonical) AS keys, collect(DISTINCT organisation.label) AS names
WHERE size(keys) = 1
RETURN capability, key, names[0] AS organisation, keys[0] AS organisation_key
ORDER BY key
