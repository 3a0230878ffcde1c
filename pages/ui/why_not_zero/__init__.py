"""Page 3: why the weights of a hidden layer cannot start at zero."""
