// purpose: one node per key of regions; finds it by its key
// params: none
// returns: nothing
CREATE CONSTRAINT valuechain_regions_key IF NOT EXISTS
FOR (thing:Region) REQUIRE thing.key IS UNIQUE
