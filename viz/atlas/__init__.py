"""The atlas: a folder of pages from the nation to each body, for a shared drive or a web server."""

from tsunagari.viz.atlas.write import write_atlas

__all__ = ["write_atlas"]
