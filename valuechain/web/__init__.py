"""Pages: what people see, rendered on the server from the same results as every other door."""
