"""The commands, one module each, and `shared`: `add_to` adds the parser of a command, `run` executes it."""
