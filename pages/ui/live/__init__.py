"""What moves in the browser, without the server: a component publishes a state, and every chart of the page follows."""
