// purpose: no second mark in one database
// params: none
// returns: nothing
CREATE CONSTRAINT valuechain_store_name IF NOT EXISTS
FOR (store:Store) REQUIRE store.name IS UNIQUE
