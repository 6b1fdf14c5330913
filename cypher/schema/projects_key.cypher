// purpose: one node per key of projects; finds it by its key
// params: none
// returns: nothing
CREATE CONSTRAINT valuechain_projects_key IF NOT EXISTS
FOR (thing:Project) REQUIRE thing.key IS UNIQUE
