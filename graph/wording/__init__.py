"""Sentences made from values: pure text in both languages."""

from tsunagari.graph.wording.catalogue import (
    ColumnEntry,
    column_entry,
    frame_columns,
    heading,
    hxl_tags,
    joined,
    mark_of,
    page_columns,
    screen_columns,
    sheet_columns,
    table_names,
    table_notes,
    table_title,
)
from tsunagari.graph.wording.centrality_sentences import (
    CENTRALITY_TEXTS,
    centrality_sentence,
    measure_sentences,
)
from tsunagari.graph.wording.chance_sentences import FEWEST_DRAWS, KEPT, beside_chance, chance_sentence
from tsunagari.graph.wording.error_sentences import errors_phrase, kept_status
from tsunagari.graph.wording.loss_sentences import loss_sentence
from tsunagari.graph.wording.remedy_sentences import Grounds, extension_sentence, reasons_phrase, remedy_sentence
from tsunagari.graph.wording.sentences import (
    ROLE_LABELS,
    STATUS_LABELS,
    broker_sentence,
    gap_sentence,
    names_phrase,
    need_sentence,
    settle_phrase,
)
from tsunagari.graph.wording.wave_chart import line_chart

__all__ = [
    "CENTRALITY_TEXTS",
    "FEWEST_DRAWS",
    "KEPT",
    "ROLE_LABELS",
    "STATUS_LABELS",
    "ColumnEntry",
    "Grounds",
    "beside_chance",
    "broker_sentence",
    "centrality_sentence",
    "chance_sentence",
    "column_entry",
    "errors_phrase",
    "extension_sentence",
    "frame_columns",
    "gap_sentence",
    "heading",
    "hxl_tags",
    "joined",
    "kept_status",
    "line_chart",
    "loss_sentence",
    "mark_of",
    "measure_sentences",
    "names_phrase",
    "need_sentence",
    "page_columns",
    "reasons_phrase",
    "remedy_sentence",
    "screen_columns",
    "settle_phrase",
    "sheet_columns",
    "table_names",
    "table_notes",
    "table_title",
]
