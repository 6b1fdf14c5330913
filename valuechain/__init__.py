"""valuechain: what is missing and what is fragile in a value chain, and who could mend it."""
