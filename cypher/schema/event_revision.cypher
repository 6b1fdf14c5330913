// purpose: no second event that makes the same revision
// params: none
// returns: nothing
CREATE CONSTRAINT valuechain_event_revision IF NOT EXISTS
FOR (event:Event) REQUIRE event.revision IS UNIQUE
