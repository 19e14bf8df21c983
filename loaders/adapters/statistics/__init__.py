"""Figures about areas: needs, and the files of national statistics."""
