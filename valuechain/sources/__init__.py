"""From files to batches: one file per kind of file, and the tables beneath them."""
