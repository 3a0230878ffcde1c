"""The activation function f: its chart, and its formula as a Vega expression."""
