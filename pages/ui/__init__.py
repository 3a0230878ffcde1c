"""What the pages share, in the order the data flows: controls, state, frames, charts."""
