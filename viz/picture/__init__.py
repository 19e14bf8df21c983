"""The map as a picture that stands in a document: PNG with a font of its own, so that nobody's machine needs one."""

from tsunagari.viz.picture.picture import NetworkPicture, network_picture

__all__ = ["NetworkPicture", "network_picture"]
