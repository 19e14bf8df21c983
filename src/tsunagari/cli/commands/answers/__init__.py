"""Questions to a graph: gaps, brokers, losses, tests and queries."""
