"""Where records are kept: one port, one file per store."""
