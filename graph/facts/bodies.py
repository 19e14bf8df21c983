"""Organisations and platforms found by what a person writes: an identifier, a corporate number or a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

import numpy as np

from tsunagari.errors import AmbiguousNameError, Message, UnknownNameError
from tsunagari.graph.columns import Codes, Columns
from tsunagari.loaders.identity import short_id
from tsunagari.ontology.namespaces import ID
from tsunagari.ontology.spelling import spelling_key

NEAREST = 3


class Bodies:
    """Things of some classes by their names.

    Parameters
    ----------
    columns
        The graph.
    classes
        Local names of classes, subclasses included.
    segments
        What may stand before a bare identifier: ``org`` for ``https://…/id/org/…``.
    """

    def __init__(self, columns: Columns, *classes: str, segments: tuple[str, ...] = ("org",)) -> None:
        self._columns = columns
        self._segments = segments
        self.codes: Codes = columns.of_class(*classes)
        self._names: Mapping[str, list[int]] | None = None

    def find(self, text: str) -> int:
        """Return the code of the one that is meant.

        Raises
        ------
        UnknownNameError
            None is meant, or several are; the hint names the nearest.

        Examples
        --------
        >>> from tsunagari.graph.columns.columns import columns_of
        >>> columns = columns_of(kg.store)
        >>> columns.text([Bodies(columns, "Organization").find("鳥取市")])
        ['https://w3id.org/tsunagari/id/org/9000020312011']
        """
        code = self._by_id(text)
        if code is not None:
            return code
        names = self._by_name()
        found = names.get(spelling_key(text), [])
        if len(found) == 1:
            return found[0]
        raise self._unknown(text, found, names)

    def _by_id(self, text: str) -> int | None:
        local = text.strip().removeprefix(ID)
        for iri in (f"{ID}{local}", f"{ID}{short_id(text)}", *(f"{ID}{name}/{local}" for name in self._segments)):
            code = self._columns.code(iri)
            if code >= 0 and self._has(code):
                return code
        return None

    def _has(self, code: int) -> bool:
        place = int(np.searchsorted(self.codes, code))
        return place < len(self.codes) and int(self.codes[place]) == code

    def _by_name(self) -> Mapping[str, list[int]]:
        """Return what has which name, however it is spelled; read when the first name is looked for."""
        if self._names is None:
            found: dict[str, dict[int, None]] = {}
            for name in ("pref_label", "alt_label", "local_id"):
                subjects, values = self._columns.pairs(name)
                mine = np.isin(subjects, self.codes)
                for code, text in zip(subjects[mine].tolist(), self._columns.text(values[mine]), strict=True):
                    found.setdefault(spelling_key(text), {})[code] = None
            self._names = {key: list(codes) for key, codes in found.items()}
        return self._names

    def _unknown(self, text: str, found: list[int], names: Mapping[str, list[int]]) -> UnknownNameError:
        if found:
            ids = (iri.removeprefix(ID) for iri in self._columns.text(np.array(found[:5], dtype=np.int32)))
            labels = self._columns.labels(np.array(found[:5], dtype=np.int32))
            near = [f"{label} ({iri})" for label, iri in zip(labels, ids, strict=True)]
            message = Message(f"「{text}」は複数あります。", f"{text!r} stands for several.")
            return AmbiguousNameError(message, _listed(near))
        keys = get_close_matches(spelling_key(text), names, n=NEAREST, cutoff=0.5)
        codes = np.array([names[key][0] for key in keys], dtype=np.int32)
        near = list(dict.fromkeys(self._columns.labels(codes)))
        return UnknownNameError(
            Message(f"「{text}」はグラフにありません。", f"{text!r} is not in the graph."), _listed(near)
        )


def _listed(near: Sequence[str]) -> Message:
    listed = "、".join(near) or "－"
    return Message(f"近いもの: {listed}", f"Nearest: {listed}")
