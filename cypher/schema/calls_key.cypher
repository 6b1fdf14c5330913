// purpose: one node per key of calls; finds it by its key
// params: none
// returns: nothing
CREATE CONSTRAINT valuechain_calls_key IF NOT EXISTS
FOR (thing:Call) REQUIRE thing.key IS UNIQUE
