"""Exports: the graph in the formats of other programs, the same bytes each time."""

from tsunagari.graph.export.formats import FORMATS, Format, export
from tsunagari.graph.export.options import Options
from tsunagari.graph.export.publish import publish

__all__ = ["FORMATS", "Format", "Options", "export", "publish"]
