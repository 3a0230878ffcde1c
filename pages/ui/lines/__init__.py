"""The line chart over epochs or iterations that all pages share."""
