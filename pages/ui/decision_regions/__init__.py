"""Page 1: the decision regions of a 2-2-1 network."""
