"""The core of tinynet: small neural networks, computed exactly. It needs numpy and nothing else."""
