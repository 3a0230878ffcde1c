"""Many viewers at once, and bad input: what the app does under load and under attack."""
