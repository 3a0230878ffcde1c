"""The drawing of a network that all pages share."""
