"""The map: one HTML page to explore the network, the gaps and the brokers."""

from tsunagari.viz.map.network import MOST_BODIES
from tsunagari.viz.map.write import write_map

__all__ = ["MOST_BODIES", "write_map"]
