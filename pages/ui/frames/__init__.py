"""Core results to tidy pandas and Arrow tables, and to downloads."""
