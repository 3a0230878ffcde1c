"""Page 3, MNIST: the effect of each initialisation."""
