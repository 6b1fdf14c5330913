"""What things are: records, identity, the graph, results. No input or output happens here."""
