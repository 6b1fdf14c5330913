// purpose: no second import of the same number
// params: none
// returns: nothing
CREATE CONSTRAINT valuechain_import_id IF NOT EXISTS
FOR (import:Import) REQUIRE import.id IS UNIQUE
