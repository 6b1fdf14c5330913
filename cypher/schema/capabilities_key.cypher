// purpose: one node per key of capabilities; finds it by its key
// params: none
// returns: nothing
CREATE CONSTRAINT valuechain_capabilities_key IF NOT EXISTS
FOR (thing:Capability) REQUIRE thing.key IS UNIQUE
