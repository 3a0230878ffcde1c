"""The one drawing of a network."""
