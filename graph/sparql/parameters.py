"""The parameters of questions: what a user may give, and which nodes or values of the graph it stands for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeAlias

import pyoxigraph as ox
from rapidfuzz import fuzz, process

from tsunagari.errors import Message, UnknownNameError
from tsunagari.graph.columns import iso_day
from tsunagari.ontology.municipalities import municipality_table
from tsunagari.ontology.namespaces import DCT, SKOS, TSU, XSD
from tsunagari.ontology.spelling import spelling_key

Value: TypeAlias = ox.NamedNode | ox.Literal
PREFERRED = f"{SKOS}prefLabel"
NAMED_BY = (
    *(f"{SKOS}{name}" for name in ("prefLabel", "altLabel", "hiddenLabel", "notation")),
    *(f"{DCT}{name}" for name in ("title", "identifier")),
    *(f"{TSU}{name}" for name in ("reading", "localId", "areaCode", "lgCode", "corporateNumber")),
)
NEAREST = 3


class Engine(Protocol):
    """What looks names up in a graph."""

    def names(self, kind: str, of: str) -> Iterable[tuple[str, str, str, str]]:
        """Yield the names of all things that may be meant: IRI, property of `NAMED_BY`, text, language (or empty).

        Parameters
        ----------
        kind
            ``"name"`` for things of some classes, ``"concept"`` for those of a scheme.
        of
            Local names of the classes, subclasses included, with ``|`` between; or the id of the scheme.
        """
        ...


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question asks for.

    Parameters
    ----------
    name
        Name of the variable in the query and of the option at the command line.
    ja, en
        What it means.
    kind
        A key of `RESOLVERS`.
    of
        For a name: local names of the classes of the things meant, with ``|`` between; for a concept: id of the scheme.
    required
        Whether the question cannot be answered without it.
    default
        What is taken when nothing is given; ``"as-of"`` is the day the graph describes.
    """

    name: str
    ja: str
    en: str
    kind: str
    of: str = ""
    required: bool = False
    default: str | None = None

    def meaning(self, lang: str) -> str:
        """Return what it means in `lang`."""
        return self.en if lang == "en" else self.ja


def resolve(engine: Engine, parameter: Parameter, given: object) -> list[Value]:
    """Return the terms that a given value stands for; more than one where a name fits several things.

    Parameters
    ----------
    engine
        Where names are looked up.
    parameter
        What is asked for.
    given
        What the user gave: text, number or date.

    Raises
    ------
    UnknownNameError
        It stands for nothing; the hint lists the nearest names.
    """
    return RESOLVERS[parameter.kind](engine, parameter, given)


def examples(engine: Engine, parameter: Parameter) -> list[str]:
    """Return up to three values that could be given for a parameter; names come from the graph, in their order."""
    fixed = EXAMPLES.get(parameter.kind)
    if fixed is not None:
        return list(fixed)
    named = engine.names(parameter.kind, parameter.of)
    return sorted({name for _, path, name, language in named if path == PREFERRED and language in ("ja", "")})[:NEAREST]


def _names(engine: Engine, parameter: Parameter, given: object) -> list[Value]:
    return _matching(_named(engine, "name", parameter.of), parameter, str(given))


def _concepts(engine: Engine, parameter: Parameter, given: object) -> list[Value]:
    return _matching(_named(engine, "concept", parameter.of), parameter, str(given))


def _areas(engine: Engine, parameter: Parameter, given: object) -> list[Value]:
    """Look in the bundled table first: a municipality that no source mentions is known, and has no rows."""
    text = str(given).strip()
    entry = municipality_table().by_code(text)
    found = [entry] if entry else municipality_table().by_name(text)
    if found:
        return [ox.NamedNode(item.area_iri) for item in found]
    return _matching(_named(engine, "name", "AdministrativeArea"), parameter, text)


def _day(_engine: Engine, _parameter: Parameter, given: object) -> list[Value]:
    day = iso_day(given if isinstance(given, date) else str(given))
    return [ox.Literal(str(day), datatype=ox.NamedNode(f"{XSD}date"))]


def _integer(_engine: Engine, parameter: Parameter, given: object) -> list[Value]:
    text = str(given).strip()
    if not re.fullmatch(r"[+-]?[0-9]+", text):
        raise UnknownNameError(
            Message(f"{parameter.ja}は整数で書いてください: {given}", f"Not a whole number ({parameter.en}): {given}")
        )
    return [ox.Literal(int(text))]


def _code(_engine: Engine, _parameter: Parameter, given: object) -> list[Value]:
    return [ox.Literal(str(given).strip())]


RESOLVERS: Mapping[str, Callable[[Engine, Parameter, object], list[Value]]] = {
    "name": _names,
    "concept": _concepts,
    "area": _areas,
    "date": _day,
    "integer": _integer,
    "code": _code,
}

EXAMPLES: Mapping[str, Sequence[str]] = {
    "area": ("鳥取市", "31201"),
    "date": ("2023-10-01",),
    "integer": ("2023",),
    "code": (),  # as its question says
}


def _named(engine: Engine, kind: str, of: str) -> dict[str, list[str]]:
    """Return every thing of a kind with all its names, the preferred ones first."""
    found: dict[str, dict[tuple[int, str], None]] = {}
    for thing, path, name, _ in engine.names(kind, of):
        found.setdefault(thing, {})[NAMED_BY.index(path), name] = None
    return {thing: [name for _, name in sorted(names)] for thing, names in sorted(found.items())}


def _matching(named: Mapping[str, list[str]], parameter: Parameter, text: str) -> list[Value]:
    """Return the things called `text`: by IRI, else by a whole name or code, else by a part of a name."""
    if text in named:
        return [ox.NamedNode(text)]
    key = spelling_key(text)
    keys = {thing: [spelling_key(name) for name in names] for thing, names in named.items()}
    exact = [thing for thing, names in keys.items() if key in names]
    found = exact or [thing for thing, names in keys.items() if key and any(key in name for name in names)]
    if not found:
        raise _unknown(named, parameter, text)
    return [ox.NamedNode(thing) for thing in found]


def _unknown(named: Mapping[str, Iterable[str]], parameter: Parameter, text: str) -> UnknownNameError:
    owners = {name: thing for thing, names in named.items() for name in names}
    ranked = [name for name, _, _ in process.extract(text, list(owners), scorer=fuzz.WRatio, limit=4 * NEAREST)]
    best = {owners[name]: name for name in reversed(ranked)}
    near = sorted(best.values(), key=ranked.index)[:NEAREST]
    hint = (
        Message(f"近い名前: {'、'.join(near)}", f"Nearest names: {', '.join(near)}")
        if near
        else Message("グラフに一つもありません。", "The graph holds none.")
    )
    return UnknownNameError(
        Message(f"{parameter.ja}「{text}」が見つかりません。", f"Not found: {text!r} ({parameter.en})."), hint=hint
    )
