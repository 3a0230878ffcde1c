"""Page 2: a 3-1-1 network learns 20 samples, epoch by epoch."""
