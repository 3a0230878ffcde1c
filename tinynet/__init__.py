"""The core of tinynet: small neural networks, computed exactly. It needs only numpy and the standard library."""
