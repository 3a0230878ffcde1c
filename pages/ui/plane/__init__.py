"""Page 5: two networks learn points in the plane."""
