"""Organisations of the graph that may be one, as a table for the person who decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from difflib import get_close_matches

import pandas as pd

from tsunagari.errors import Message, UnknownNameError
from tsunagari.graph.facts import Reader, Thing
from tsunagari.graph.wording import frame_columns
from tsunagari.loaders.identity import THRESHOLD, TOP, Candidates, Decision, Ledger, Profile, find_candidates, short_id
from tsunagari.ontology.municipalities import NATION_CODE
from tsunagari.ontology.namespaces import ID, local_name
from tsunagari.ontology.spelling import spelling_key

COLUMNS = frame_columns("matches")
# Bodies that are identified by a code, or that nobody can tell apart, are never proposed.
_EXCLUDED = frozenset({"LocalGovernment", "UnnamedGroup", "Department"})
_STATEMENTS = {
    "PlatformMembership": (("member",), ("organization",)),
    "SupportService": (("provided_by",), ("service_area",)),
    "CollaborationTie": (("tie_from", "tie_to"), ("tie_from", "tie_to")),
}


def match_candidates(
    reader: Reader,
    *,
    threshold: float = THRESHOLD,
    top: int = TOP,
    ledger: Ledger | None = None,
    lang: str = "ja",
) -> pd.DataFrame:
    """Return one row a pair of organisations that may be one, the most likely first.

    Columns: left and right (identifiers), their names, score (0 to 100), reasons, their places and corporate numbers,
    and an empty verdict to fill in. ``attrs["cut"]`` lists the names that too many share to compare them all.

    Parameters
    ----------
    reader
        The graph.
    threshold, top
        Least score, and pairs an organisation at most.
    ledger
        What was decided, those pairs are left out; None takes the decisions that the graph was built with.
    lang
        Language of the reasons.
    """
    bodies = _bodies(reader)
    found = graph_candidates(reader, threshold=threshold, top=top, ledger=ledger)
    rows = []
    for pair in found.pairs:
        left, right = bodies[pair.left], bodies[pair.right]
        places = (reader.label(thing.one("municipality"), lang) for thing in (left, right))
        numbers = (thing.one("corporate_number") or "" for thing in (left, right))
        names = (left.label("ja"), right.label("ja"))
        ids = (short_id(left.iri), short_id(right.iri))
        rows.append((*ids, *names, pair.score, pair.explain(lang), *places, *numbers, ""))
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    frame.attrs["cut"] = list(found.cut)
    return frame


def graph_candidates(
    reader: Reader, *, threshold: float = THRESHOLD, top: int = TOP, ledger: Ledger | None = None
) -> Candidates:
    """Return the same pairs as plain objects with whole IRIs, see `loaders.identity.candidates.find_candidates`."""
    decided = _decided(reader, ledger)
    return find_candidates(
        profiles(reader),
        is_decided=lambda left, right: frozenset((left, right)) in decided,
        threshold=threshold,
        top=top,
    )


def doubtful_pairs(reader: Reader, wanted: Collection[str], others: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield each of some organisations with each of others that it may be, where nobody decided that it is not.

    Parameters
    ----------
    reader
        The graph.
    wanted, others
        IRIs; those that have no name of their own, or are identified by a code, are never in doubt.
    """
    decided = _decided(reader, None, but="unsure")
    compared = [profile for profile in profiles(reader) if profile.id in wanted or profile.id in others]
    found = find_candidates(
        compared,
        is_decided=lambda left, right: frozenset((left, right)) in decided,
        top=len(compared),
        among=wanted,
    )
    pairs = {frozenset((pair.left, pair.right)) for pair in found.pairs}
    pairs |= {pair for pair in _decided(reader, None) - decided if len(pair) == 2}
    for left, right in sorted(map(sorted, pairs)):
        if left in wanted and right in others:
            yield left, right
        if right in wanted and left in others:
            yield right, left


def find_body(reader: Reader, text: str) -> Thing:
    """Return the organisation of an identifier, a corporate number or a name that only one has.

    Raises
    ------
    UnknownNameError
        None is meant, or several are; the hint names the nearest.
    """
    bodies = reader.things("Organization")
    found = bodies.get(f"{ID}{short_id(text)}")
    if found is not None:
        return found
    key = spelling_key(text)
    names = {iri: [thing.label("ja"), *thing.all("alt_label")] for iri, thing in bodies.items()}
    named = [bodies[iri] for iri, known in names.items() if key in map(spelling_key, known)]
    if len(named) == 1:
        return named[0]
    if named:
        near = [f"{thing.label('ja')} ({short_id(thing.iri)})" for thing in named[:5]]
    else:
        near = get_close_matches(text, [name for known in names.values() for name in known], n=3, cutoff=0.5)
    listed = "、".join(near) or "－"
    raise UnknownNameError(
        Message(
            f"「{text}」{'は複数あります' if named else 'という団体はグラフにありません'}。",
            f"{text!r} {'stands for several organisations' if named else 'is no organisation of the graph'}.",
        ),
        Message(f"近いもの: {listed}", f"Nearest: {listed}"),
    )


def make_decision(
    reader: Reader, left: str, right: str, verdict: str, *, day: date | None = None, rule: str = "", note: str = ""
) -> Decision:
    """Return a decision about two organisations of the graph, ready for `loaders.identity.ledger.append_decisions`.

    Parameters
    ----------
    reader
        The graph.
    left, right
        Identifiers, corporate numbers or names.
    verdict
        ``"same"``, ``"different"`` or ``"unsure"``.
    day, rule, note
        When and on what ground it was decided.

    Raises
    ------
    UnknownNameError
        One of them is not known, or both are the same.
    """
    bodies = [find_body(reader, text) for text in (left, right)]
    ids = [short_id(thing.iri) for thing in bodies]
    if ids[0] == ids[1]:
        raise UnknownNameError(
            Message(f"「{left}」と「{right}」は同じ団体です。", f"{left!r} and {right!r} are the same organisation."),
            Message("別々の団体の id を書いてください。", "Give the identifiers of two organisations."),
        )
    names = [thing.label("ja") for thing in bodies]
    return Decision(ids[0], ids[1], verdict, names[0], names[1], day, rule, note)


def profiles(reader: Reader) -> list[Profile]:
    """Return what the candidates are found by, sorted by identifier."""
    bodies = _bodies(reader)
    near = _near(reader, {iri for iri, thing in bodies.items() if thing.one("municipality") is None})
    return [_profile(thing, near.get(iri, frozenset())) for iri, thing in bodies.items()]


def _bodies(reader: Reader) -> dict[str, Thing]:
    return {iri: thing for iri, thing in reader.things("Organization").items() if thing.cls not in _EXCLUDED}


def _profile(thing: Thing, near: frozenset[str]) -> Profile:
    form, area = thing.one("legal_form"), thing.one("municipality")
    return Profile(
        thing.iri,
        (thing.label("ja"), *thing.all("alt_label")),
        reading=thing.one("reading"),
        legal_form=local_name(form) if form else None,
        area=local_name(area) if area else None,
        near=near,
        number=thing.one("corporate_number"),
    )


def _near(reader: Reader, wanted: set[str]) -> dict[str, frozenset[str]]:
    """Return the prefectures in which the statements about organisations without a place name them."""
    bodies, platforms = reader.things("Organization"), reader.things("Collaboration")
    found: dict[str, set[str]] = defaultdict(set)
    for cls, (subjects, objects) in _STATEMENTS.items():
        for thing in reader.things(cls).values():
            for subject in (iri for name in subjects for iri in thing.all(name) if iri in wanted):
                for iri in (iri for name in objects for iri in thing.all(name) if iri != subject):
                    other = platforms.get(iri) or bodies.get(iri)
                    areas = (iri,) if other is None else (*other.all("reach"), *other.all("municipality"))
                    found[subject].update(local_name(area)[:2] for area in areas)
    return {iri: frozenset(codes - {NATION_CODE[:2]}) for iri, codes in found.items()}


def _decided(reader: Reader, ledger: Ledger | None, *, but: str = "") -> set[frozenset[str]]:
    """Return the pairs that were decided, as they were compared and as they are called now; `but` is no decision."""
    known = [
        thing for thing in reader.things("MatchDecision").values() if local_name(thing.one("verdict") or "") != but
    ]
    if ledger is None:
        return {frozenset(thing.all(name)) for thing in known for name in ("matched", "about")}
    pairs = {frozenset(f"{ID}{text}" for text in decision.pair) for decision in ledger.decisions}
    return pairs | {frozenset(thing.all("about")) for thing in known if frozenset(thing.all("matched")) in pairs}
