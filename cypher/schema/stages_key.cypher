// purpose: one node per key of stages; finds it by its key
// params: none
// returns: nothing
CREATE CONSTRAINT valuechain_stages_key IF NOT EXISTS
FOR (thing:Stage) REQUIRE thing.key IS UNIQUE
