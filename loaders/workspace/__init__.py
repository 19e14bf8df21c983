"""A workspace: its settings, the kinds of list it may name, and a new one to start from."""
