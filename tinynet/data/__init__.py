"""The MNIST subset that is shipped, its notice, and the script that builds it from the original files."""
