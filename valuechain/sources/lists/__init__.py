"""Lists of organisations: what their columns stand for, and what their rows say."""
