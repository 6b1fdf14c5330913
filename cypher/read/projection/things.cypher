// purpose: what is shown of things of one kind
// params: $label (the label of the things)
// returns: shown (a list of [key, stamp]; the stamp is null where nothing is shown)
MATCH (thing:Organisation|Capability|Stage|Project|Call)
WHERE $label IN labels(thing)
RETURN collect([thing.key, thing.stamp]) AS shown
