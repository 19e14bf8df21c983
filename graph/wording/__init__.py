"""Sentences made from values: pure text in both languages."""

from tsunagari.graph.wording.centrality_sentences import (
    CENTRALITY_TEXTS,
    centrality_sentence,
    measure_sentences,
    role_sentence,
)
from tsunagari.graph.wording.chance_sentences import FEWEST_DRAWS, KEPT, chance_sentence
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

__all__ = [
    "CENTRALITY_TEXTS",
    "FEWEST_DRAWS",
    "KEPT",
    "ROLE_LABELS",
    "STATUS_LABELS",
    "Grounds",
    "broker_sentence",
    "centrality_sentence",
    "chance_sentence",
    "extension_sentence",
    "gap_sentence",
    "loss_sentence",
    "measure_sentences",
    "names_phrase",
    "need_sentence",
    "reasons_phrase",
    "remedy_sentence",
    "role_sentence",
    "settle_phrase",
]
