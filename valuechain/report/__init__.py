"""A result in every form in which people and programs take it along."""
