"""Who is central, what hangs together, and which set of bodies matters most."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from tsunagari.graph.centre import (
    DEFAULT_MEASURES,
    MADE,
    centrality_table,
    cohesion_table,
    core_periphery_table,
    defined_by,
    key_player_table,
    read_records,
    whole_network_table,
)
from tsunagari.graph.inference import RecordErrors
from tsunagari.graph.knowledge.broker_answers import NODE_COLUMNS, membership_names
from tsunagari.graph.knowledge.choice_answers import in_the_whole
from tsunagari.graph.knowledge.network_answers import matrix, projection
from tsunagari.graph.knowledge.session import Day, Session, method
from tsunagari.graph.measures import WEIGHTED, Accuracy, centrality_series, matrix_two_mode
from tsunagari.graph.networks import DEFAULT_NETWORK, TWO_MODE
from tsunagari.graph.wording import measure_sentences


@in_the_whole(bodies="index")
def centrality(
    self: Session, measure: str, *, network: str = DEFAULT_NETWORK, directed: bool = False, at: Day = None
) -> pd.Series[float]:
    """Return one measure for each node of a network.

    Parameters
    ----------
    measure
        A key of `tsunagari.graph.measures.MEASURES`, such as ``"degree"`` or ``"betweenness"``.
    network
        The network, see `projection`.
    directed
        Whether ties count in their direction only.
    at
        The day; None takes `as_of`.

    Returns
    -------
    Series
        The value by IRI; ``attrs`` tell the error of an estimate and what to cite.

    Raises
    ------
    UnknownNameError
        There is no such measure, network or day.

    Examples
    --------
    >>> kg.centrality("degree").name
    'degree'
    """
    ties = projection(self, network, at=at, directed=directed)
    found = centrality_series(ties.adjacency(), ties.node_ids, measure)
    estimated = [measure] if found.attrs["samples"] else []
    return defined_by(found, [measure], estimated=estimated, network=network if measure in WEIGHTED else None)


@in_the_whole(bodies="id")
@method
def centralities(
    self: Session,
    measures: Sequence[str] = DEFAULT_MEASURES,
    *,
    network: str = DEFAULT_NETWORK,
    group: str | Mapping[Any, Hashable] | pd.Series[Any] | None = None,
    directed: bool = False,
    accuracy: Accuracy | None = None,
    missing: float | None = None,
    false_records: float = 0.0,
    missing_lists: float = 0.0,
    draws: int | None = None,
    seed: int = 0,
    at: Day = None,
    lang: str = "ja",
) -> pd.DataFrame:
    """Return measures of centrality for each node, the most central by the first of them first.

    Parameters
    ----------
    measures
        Keys of `tsunagari.graph.measures.MEASURES`; for the two-mode networks ``members``, ``services`` and
        ``service_areas`` those of `tsunagari.graph.measures.two_mode.MEASURES`.
    network
        The network, see `projection`.
    group
        As in `brokers`, for the place within each group; None leaves it out.
    directed
        Whether ties count in their direction only.
    accuracy
        What is asked of measures that large networks make slow; by default these are sampled, and ``attrs["errors"]``
        says how far their values may be off.
    missing, false_records, missing_lists
        Shares of the records (memberships, ties, services) that may be missing and false, and of whole lists that may
        be missing, for the intervals of ranks; ``missing=None`` leaves these out.
    draws, seed
        Random networks, which keep memberships or numbers of ties, that betweenness, constraint or effective size are
        held against where one of them comes first; None draws 99 up to 500 bodies, 0 none.
    at
        The day; None takes `as_of`.
    lang
        ``"ja"`` or ``"en"``.

    Returns
    -------
    DataFrame
        ``rank``, ``name``, ``id``, ``kind``, the measures and a sentence; see
        `tsunagari.graph.centre.centrality_table`.

    Raises
    ------
    UnknownNameError
        There is no such measure, partition, network or day.
    NetworkError
        A given partition misses organisations.

    Examples
    --------
    >>> kg.centralities(["degree", "constraint"]).columns.tolist()
    ['rank', 'name', 'id', 'kind', 'degree', 'constraint', 'sentence']
    """
    weights, nodes = matrix(self, network, at=at, lang=lang, directed=directed)
    errors = None if missing is None else RecordErrors(missing, false_records, missing_lists)
    made = None if errors is None else read_records(self._reader, network, at=self._day(at), directed=directed)
    drawn = network in MADE and draws != 0
    observed = read_records(self._reader, network, at=self._day(at), directed=directed).observed() if drawn else None
    return centrality_table(
        weights,
        nodes,
        measures,
        two_mode=network in TWO_MODE,
        group=group,
        memberships=membership_names(self, at, lang),
        accuracy=accuracy,
        network=network,
        records=made,
        errors=errors,
        observed=observed,
        draws=draws,
        seed=seed,
        lang=lang,
    )


@in_the_whole(bodies="id")
@method
def two_mode(self: Session, network: str = "members", *, at: Day = None, lang: str = "ja") -> pd.DataFrame:
    """Return the measures of a network of two modes: organisations (mode 1) and what they are tied to (mode 2).

    Parameters
    ----------
    network
        ``members``, ``services`` or ``service_areas``.
    at
        The day; None takes `as_of`.
    lang
        ``"ja"`` or ``"en"``.

    Returns
    -------
    DataFrame
        ``id``, ``label``, ``kind``, ``mode``, those of `tsunagari.graph.measures.two_mode.MEASURES`, and a sentence.

    Raises
    ------
    NetworkError
        The network has ties within a mode, as that of ``ties`` between organisations.

    Examples
    --------
    >>> kg.two_mode("services").columns.tolist()[:4]
    ['id', 'label', 'kind', 'mode']
    """
    weights, nodes = matrix(self, network, at=at, lang=lang, directed=True)
    measures = matrix_two_mode(weights, (nodes["kind"] == "organization").to_numpy(), nodes["label"].tolist())
    found = pd.concat([nodes[list(NODE_COLUMNS)], measures], axis="columns")
    found["sentence"] = measure_sentences(found, ("degree", "constraint"), two_mode=True, lang=lang)
    return defined_by(found, ["two_mode_centrality", "two_mode_constraint"])


@in_the_whole(bodies="id")
@method
def cohesion(
    self: Session,
    *,
    network: str = DEFAULT_NETWORK,
    resolution: float = 1.0,
    seed: int = 1,
    at: Day = None,
    lang: str = "ja",
) -> pd.DataFrame:
    """Return the connected part and community of each body, and what falls apart without it.

    Parameters
    ----------
    network, at, lang
        As in `centralities`.
    resolution, seed
        Of the communities; more resolution gives more of them.

    Returns
    -------
    DataFrame
        ``name``, ``id``, ``kind``, parts and communities with their sizes, ``is_cut_point``, ``bridges`` and a
        sentence; see `tsunagari.graph.centre.cohesion_table`.

    Raises
    ------
    UnknownNameError, NetworkError
        As in `projection`, or the resolution is not above 0.

    Examples
    --------
    >>> kg.cohesion().columns[3:7].tolist()
    ['component', 'component_size', 'community', 'community_size']
    """
    weights, nodes = matrix(self, network, at=at, lang=lang)
    found = cohesion_table(weights, nodes, resolution=resolution, seed=seed, lang=lang)
    return defined_by(found, ["communities", "modularity", "cut_points"], network=network)


@in_the_whole()
@method
def key_players(
    self: Session,
    count: int = 3,
    goal: str = "fragmentation",
    *,
    steps: int = 1,
    directed: bool = False,
    weighted: bool = False,
    network: str = DEFAULT_NETWORK,
    at: Day = None,
    lang: str = "ja",
) -> pd.DataFrame:
    """Return the set of bodies without which a network falls apart most, or that together reach most of it.

    Parameters
    ----------
    count
        How many bodies.
    goal, steps
        ``"fragmentation"`` or ``"reach"`` (within so many steps), see `tsunagari.graph.measures.key_players`.
    directed
        Whether ties count in their direction only.
    weighted
        Whether stronger ties are shorter ways, in the goals by distance.
    network, at, lang
        As in `centralities`.

    Returns
    -------
    DataFrame
        ``place``, ``name``, ``id``, ``kind``, ``score`` (0 to 1, of the set so far) and a sentence.

    Raises
    ------
    UnknownNameError
        There is no such goal, network or day.
    NetworkError
        The network is too large for the goal, or `count` or `steps` is below 1.

    Examples
    --------
    >>> kg.key_players(2).columns.tolist()
    ['place', 'name', 'id', 'kind', 'score', 'sentence']
    """
    weights, nodes = matrix(self, network, at=at, lang=lang, directed=directed)
    found = key_player_table(weights, nodes, count, goal, steps=steps, directed=directed, weighted=weighted, lang=lang)
    return defined_by(found, ["key_players", *(["key_players_by_ways"] if directed or weighted else [])])


@in_the_whole()
@method
def network_table(self: Session, *, network: str = DEFAULT_NETWORK, at: Day = None, lang: str = "ja") -> pd.DataFrame:
    """Return the figures of a network as a whole: density, parts, distances, reciprocity, transitivity, centralization.

    Parameters
    ----------
    network
        A network between bodies, see `projection`; directions count where the sources tell them.
    at
        The day; None takes `as_of`.
    lang
        ``"ja"`` or ``"en"``.

    Returns
    -------
    DataFrame
        ``measure``, ``label`` and ``value``, one row a figure; see `tsunagari.graph.centre.whole_network_table`.

    Raises
    ------
    UnknownNameError
        There is no such network or day.

    Examples
    --------
    >>> figures = kg.network_table().set_index("measure")["value"]
    >>> bool(0 < figures["density"] < 1), bool(figures["bodies"] == len(kg.projection("collaboration")))
    (True, True)
    """
    return whole_network_table(matrix(self, network, at=at, lang=lang, directed=True)[0], lang=lang)


@in_the_whole(bodies="id")
@method
def core_periphery(self: Session, *, network: str = DEFAULT_NETWORK, at: Day = None, lang: str = "ja") -> pd.DataFrame:
    """Return who is in the core of a network and who in its periphery (Borgatti & Everett 1999).

    Whether a core fits more than chance gives, `test` tells: ``kg.test("core_periphery")``.

    Parameters
    ----------
    network, at, lang
        As in `network_table`.

    Returns
    -------
    DataFrame
        ``name``, ``id``, ``kind`` and ``in_core``; ``attrs`` have the ``fit``, whether it is ``exact``, and a sentence;
        see `tsunagari.graph.centre.core_periphery_table`.

    Raises
    ------
    UnknownNameError
        There is no such network or day.

    Examples
    --------
    >>> found = kg.core_periphery(lang="en")
    >>> found.columns.tolist(), "found by search" in found.attrs["sentence"]
    (['name', 'id', 'kind', 'in_core'], True)
    """
    weights, nodes = matrix(self, network, at=at, lang=lang, directed=True)
    return core_periphery_table(weights, nodes, lang=lang)
