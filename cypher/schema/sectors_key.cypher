// purpose: one node per key of sectors; finds it by its key
// params: none
// returns: nothing
CREATE CONSTRAINT valuechain_sectors_key IF NOT EXISTS
FOR (thing:Sector) REQUIRE thing.key IS UNIQUE
