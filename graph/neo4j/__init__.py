"""The graph in a Neo4j database: a property graph without loss, sent, read back and compared."""

from tsunagari.graph.neo4j.address import PASSWORD_VARIABLE, Address, address_of
from tsunagari.graph.neo4j.bulk_files import bulk_files
from tsunagari.graph.neo4j.database_store import DatabaseStore
from tsunagari.graph.neo4j.pull import pull, status, verify
from tsunagari.graph.neo4j.push import Progress, push

__all__ = [
    "PASSWORD_VARIABLE",
    "Address",
    "DatabaseStore",
    "Progress",
    "address_of",
    "bulk_files",
    "pull",
    "push",
    "status",
    "verify",
]
