"""What moves in the browser without the server: a component publishes a state, and the page's charts follow it."""
