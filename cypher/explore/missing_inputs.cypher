// purpose: capabilities that others need as an input and that nobody here offers
// params: none
// returns: capability, key, needed_by (names of capabilities)
MATCH (capability:Capability)-[input:INPUT_TO]->(product:Capability)
WHERE input.active AND capability.active AND product.active
  AND NOT EXISTS {
    MATCH (:Organisation {active: true})-[offer:OFFERS]->(same:Capability)
    WHERE offer.active AND same.canonical = capability.canonical
  }
RETURN capability.label AS capability, capability.canonical AS key, collect(DISTINCT product.label) AS needed_by
ORDER BY size(needed_by) DESC, key
