"""The commands, a module for each but `shared`: `add_to` adds its parser and options, `run` does what they ask for."""
