"""Same or different organisations: pairs that may be one, how sure that is, and why."""
