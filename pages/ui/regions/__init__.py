"""The picture of decision regions over the plane that pages 1 and 5 share."""
