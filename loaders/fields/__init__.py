"""Words of lists to fields of support."""

from __future__ import annotations

from tsunagari.loaders.fields.field_uses import FIELD_WORD, WHOLE_CLASS, FieldBook, FieldUse
from tsunagari.loaders.fields.field_words import FieldWords, read_field_words
from tsunagari.loaders.fields.mappings import FIELDS_NAME, FieldMapping, header_names, own_word_files, read_mapping

__all__ = [
    "FIELDS_NAME",
    "FIELD_WORD",
    "WHOLE_CLASS",
    "FieldBook",
    "FieldMapping",
    "FieldUse",
    "FieldWords",
    "header_names",
    "own_word_files",
    "read_field_words",
    "read_mapping",
]
