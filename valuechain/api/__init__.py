"""The HTTP interface for programs, and what keeps every request safe."""
