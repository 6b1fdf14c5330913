// purpose: one node per key of organisations; finds it by its key
// params: none
// returns: nothing
CREATE CONSTRAINT valuechain_organisations_key IF NOT EXISTS
FOR (thing:Organisation) REQUIRE thing.key IS UNIQUE
