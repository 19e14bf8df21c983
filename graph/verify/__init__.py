"""The published numbers, computed on this machine and compared."""

from tsunagari.graph.verify.verify import verify

__all__ = [
    "verify",
]
