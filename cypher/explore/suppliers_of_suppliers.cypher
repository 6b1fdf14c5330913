// purpose: who supplies an organisation, and who supplies those
// params: $organisation (canonical key)
// returns: supplier, supplier_key, capability (key), their_supplier, their_supplier_key, their_capability; the last three null where none is known
MATCH (supplier:Organisation)-[first:SUPPLIES]->(buyer:Organisation)
WHERE buyer.canonical = $organisation AND first.active AND supplier.active
OPTIONAL MATCH (second_supplier:Organisation)-[second:SUPPLIES]->(second_buyer:Organisation)
WHERE second_buyer.canonical = supplier.canonical AND second.active AND second_supplier.active
RETURN DISTINCT supplier.label AS supplier, supplier.canonical AS supplier_key, first.capability AS capability,
       second_supplier.label AS their_supplier, second_supplier.canonical AS their_supplier_key,
       second.capability AS their_capability
ORDER BY supplier_key, capability, their_supplier_key, their_capability
