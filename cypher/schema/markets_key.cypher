// purpose: one node per key of markets; finds it by its key
// params: none
// returns: nothing
CREATE CONSTRAINT valuechain_markets_key IF NOT EXISTS
FOR (thing:Market) REQUIRE thing.key IS UNIQUE
