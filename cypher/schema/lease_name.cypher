// purpose: no second lease in one database
// params: none
// returns: nothing
CREATE CONSTRAINT valuechain_lease_name IF NOT EXISTS
FOR (lease:Lease) REQUIRE lease.name IS UNIQUE
