"""The definition of every network: contraction, projection, memberships and partitions."""

from tsunagari.graph.networks.contraction import RELATIONS, contract, happened
from tsunagari.graph.networks.group_links import GroupLinks, group_links
from tsunagari.graph.networks.networks import (
    DEFAULT_NETWORK,
    NETWORKS,
    STATUSES,
    TWO_MODE,
    belonging,
    network,
    project,
)
from tsunagari.graph.networks.partitions import NAMED, NO_GROUP, GroupChoice, Partition, partition_of
from tsunagari.graph.networks.projection import Projection
from tsunagari.graph.networks.relationships import Relationships, read_relationships
from tsunagari.graph.networks.shared_groups import CLOSE_GROUP, cores_of
from tsunagari.graph.networks.tie_claims import TieClaims

__all__ = [
    "CLOSE_GROUP",
    "DEFAULT_NETWORK",
    "NAMED",
    "NETWORKS",
    "NO_GROUP",
    "RELATIONS",
    "STATUSES",
    "TWO_MODE",
    "GroupChoice",
    "GroupLinks",
    "Partition",
    "Projection",
    "Relationships",
    "TieClaims",
    "belonging",
    "contract",
    "cores_of",
    "group_links",
    "happened",
    "network",
    "partition_of",
    "project",
    "read_relationships",
]
