"""Who is bound to a territory: local governments, and the councils of social welfare that each municipality has.

A city does not take its services to the next one, nor does its council of social welfare (Social Welfare Act, Articles
109 and 110: one in each municipality and each prefecture). They count where they are, and in their partnership.
"""

from __future__ import annotations

import numpy as np

from tsunagari.graph.coverage import Coverage, Flags, Relation, places_of, product, read_partnerships, relation
from tsunagari.graph.remedies.connections import Connections, present_in
from tsunagari.ontology.namespaces import SCHEME

SECTORS = ("municipality", "prefecture", "social-welfare-council")
"""Sectors whose organisations are bound to a territory, beside the class of local governments."""


def bound_bodies(connections: Connections) -> Flags:
    """Tell of everybody in the network whether it is bound to a territory.

    Examples
    --------
    >>> from tsunagari.graph.remedies.connections import read_connections
    >>> int(bound_bodies(read_connections(kg._reader)).sum()) > 90
    True
    """
    columns, codes = connections.columns, connections.codes
    sectors = columns.codes(f"{SCHEME}sector/{name}" for name in SECTORS)
    sector = columns.one("sector", codes)
    return np.isin(codes, columns.of_class("LocalGovernment")) | (np.isin(sector, sectors) & (sector >= 0))


def beside(connections: Connections, coverage: Coverage) -> Relation:
    """Return municipalities × everybody: who is in another municipality of the same partnerships.

    Examples
    --------
    >>> from tsunagari.graph.remedies.connections import read_connections
    >>> food = kg.coverage(["香美町"], ["フードバンク"])
    >>> known = read_connections(kg._reader)
    >>> [known.names("ja")[body] for body in beside(known, food).indices]
    ['岩美町', '智頭町', '八頭町', '若桜町', '新温泉町', '鳥取市']
    """
    partnerships = read_partnerships(connections.reader, at=connections.at)
    everywhere = sorted({code for codes in partnerships.values() for code in codes})
    rows = {code: row for row, code in enumerate(coverage.area_codes)}
    columns = {code: column for column, code in enumerate(everywhere)}
    pairs = [
        (rows[one], columns[other])
        for codes in partnerships.values()
        for one in codes
        if one in rows
        for other in codes
        if other != one
    ]
    ends = np.array(pairs, dtype=np.int32).reshape(-1, 2)
    partners = relation(ends[:, 0], ends[:, 1], (len(rows), len(columns)))
    return product(partners, present_in(connections, coverage, everywhere))


def territories(connections: Connections, coverage: Coverage) -> Relation:
    """Return municipalities × everybody: where each may come as a candidate if it is bound to a territory.

    That is where it is based or offers support, the municipalities of its partnerships, and those of its prefecture if
    it is based in the prefecture as a whole, as a prefectural government is, or offers support to all of it.

    Examples
    --------
    >>> from tsunagari.graph.remedies.connections import read_connections
    >>> food = kg.coverage(["香美町"], ["フードバンク"])
    >>> known = read_connections(kg._reader)
    >>> where = territories(known, food)
    >>> [name for name in ("香美町", "兵庫県", "福山市") if known.names("ja").index(name) in where.indices]
    ['香美町', '兵庫県']
    """
    areas = coverage.area_codes
    prefectures = [f"{code[:2]}000" for code in areas]
    names = sorted(set(prefectures))
    rows = np.arange(len(areas), dtype=np.int32)
    parts = relation(rows, places_of(prefectures, names), (len(areas), len(names)))
    own = present_in(connections, coverage, areas) + beside(connections, coverage)
    found: Relation = own + product(parts, present_in(connections, coverage, names))
    return found
