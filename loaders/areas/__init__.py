"""Areas and local governments: what a text means by one, and what the graph says of it."""
