"""The activation function f: its chart, and its formula for Vega."""
