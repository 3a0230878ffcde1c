"""Page 3, MNIST: what becomes of each initialization."""
