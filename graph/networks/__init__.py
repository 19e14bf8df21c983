"""The definition of every network: contraction, projection, memberships and partitions."""

from tsunagari.graph.networks.contraction import RELATIONS, contract, happened
from tsunagari.graph.networks.group_links import GroupLinks, group_links
from tsunagari.graph.networks.networks import STATUSES, network, project
from tsunagari.graph.networks.partitions import NAMED, GroupChoice, Partition, partition_of
from tsunagari.graph.networks.projection import Projection

__all__ = [
    "NAMED",
    "RELATIONS",
    "STATUSES",
    "GroupChoice",
    "GroupLinks",
    "Partition",
    "Projection",
    "contract",
    "group_links",
    "happened",
    "network",
    "partition_of",
    "project",
]
