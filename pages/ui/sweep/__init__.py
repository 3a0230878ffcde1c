"""Page 4: thousands of runs."""
