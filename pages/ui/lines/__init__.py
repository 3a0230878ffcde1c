"""The one chart of lines over epochs or iterations."""
