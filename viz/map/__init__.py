"""The map: one HTML page to explore the network, the gaps and the brokers."""

from tsunagari.viz.map.write import write_map

__all__ = ["write_map"]
