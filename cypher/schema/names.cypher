// purpose: finds things by words of their names
// params: none
// returns: nothing
CREATE FULLTEXT INDEX valuechain_names IF NOT EXISTS
FOR (thing:Organisation|Capability|Project) ON EACH [thing.name, thing.aliases, thing.label, thing.title, thing.acronym]
