"""The graph: where it is kept, and the tables, networks, findings and files made from it."""
