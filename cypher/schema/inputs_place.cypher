// purpose: finds the records of inputs by import and ordinal
// params: none
// returns: nothing
CREATE INDEX valuechain_inputs_place IF NOT EXISTS
FOR ()-[link:INPUT_TO]-() ON (link.import, link.ordinal)
