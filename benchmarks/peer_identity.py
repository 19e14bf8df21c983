"""The peer of `identity.py`: Splink with DuckDB over the same rows, tuned a little, held to the same truth.

It gets what the lists say: the name without signs and legal form, municipality, prefecture and corporate number where a
row has them. It needs ``pip install splink``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from comparison import Mention, read_mentions

from tsunagari.loaders.session.parts import SourceInput, read_source
from tsunagari.loaders.workspace.settings import read_workspace
from tsunagari.ontology.vocabulary import vocabulary

REGISTERS = ("corporate-numbers", "npo-portal")
MERGED, PROPOSED = 0.95, 0.1  # probability from which rows are one, and from which a person is asked
_FORMS = re.compile(
    "認定|特定非営利活動法人|npo法人|社会福祉法人|医療法人(?:社団)?|学校法人|(?:一般|公益)?(?:社団|財団)(?:法人)?|株式会社|有限会社|"
    r"合同会社|生活協同組合|生協|\((?:特非|一社|公社|一財|公財|社福|福|医|学|株|有|同|生協)\)"
)
_SIGNS = re.compile(r"[\s・※【】()\[\]「」、。-]")


@dataclass(frozen=True, slots=True)
class Result:
    """Pairs put together, how many of them rightly, true pairs, and how many of those are together or proposed."""

    merged: int
    right: int
    true: int
    found: int


def link(workspace: Path) -> Result:
    """Return what Splink makes of the rows of the lists, without the registers."""
    left_out = registers(workspace)
    mentions = [mention for mention in read_mentions(workspace / "truth") if mention.spot[0] not in left_out]
    clusters, asked = _clusters(list(_rows(workspace, mentions)))
    together: Counter[tuple[int, str]] = Counter()
    bodies: dict[str, Counter[int]] = {}
    for number, mention in enumerate(mentions):
        together[clusters[number], mention.organization] += 1
        bodies.setdefault(mention.organization, Counter())[clusters[number]] += 1
    sizes = Counter(clusters.values())
    true = sum(_pairs(sum(parts.values())) for parts in bodies.values())
    found = sum(
        sum(map(_pairs, parts.values()))
        + sum(parts[one] * parts[other] for one, other in combinations(sorted(parts), 2) if (one, other) in asked)
        for parts in bodies.values()
    )
    return Result(sum(map(_pairs, sizes.values())), sum(map(_pairs, together.values())), true, found)


def registers(workspace: Path) -> frozenset[str]:
    """Return the files of a workspace that are registers."""
    return frozenset(source.file for source in read_workspace(workspace).sources if source.kind in REGISTERS)


def _rows(workspace: Path, mentions: list[Mention]) -> Iterator[dict[str, Any]]:
    known = _known(workspace)
    for number, mention in enumerate(mentions):
        file, sheet, row, column, _ = mention.spot
        cells = known.get((file, sheet, row), {})
        # a tie says nothing of where its ends are
        is_tie = column in ("tie_from", "tie_to")
        yield {
            "unique_id": number,
            "name": _name(mention.text),
            "municipality": None if is_tie else cells.get("municipality"),
            "number": None if is_tie else cells.get("corporate_number"),
            "prefecture": file.partition("/")[0] if "/" in file else None,
        }


def _known(workspace: Path) -> dict[tuple[str, str, int], dict[str, str]]:
    """Return file, sheet and row to what the row says of its organisation."""
    settings = read_workspace(workspace)
    known = {}
    for source in settings.sources:
        if source.kind in REGISTERS or source.kind == "needs":
            continue
        for part in read_source(SourceInput(settings, source, vocabulary())).parts:
            for row in part.table.rows if not part.table.is_companion else ():
                known[source.file, part.table.sheet or "", row.number] = {**row.cells, **row.party}
    return known


def _name(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).lower()
    return _SIGNS.sub("", _FORMS.sub("", folded)) or folded


def _clusters(rows: list[dict[str, Any]]) -> tuple[dict[int, int], set[tuple[int, int]]]:
    """Return row to cluster, and the pairs of clusters between which Splink sees a likeness."""
    import pandas as pd
    import splink.comparison_library as compare
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    by_name, by_place = block_on("name"), block_on("municipality", "substr(name, 1, 4)")
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            compare.JaroWinklerAtThresholds("name", [0.97, 0.92, 0.85]),
            compare.ExactMatch("municipality"),
            compare.ExactMatch("number"),
            compare.ExactMatch("prefecture"),
        ],
        blocking_rules_to_generate_predictions=[
            by_name,
            block_on("number"),
            by_place,
            block_on("prefecture", "substr(name, 1, 5)"),
            block_on("substr(name, 1, 6)"),
        ],
    )
    linker = Linker(DuckDBAPI().register(pd.DataFrame(rows)), settings, log_level=40)
    same = [block_on("number"), block_on("name", "municipality")]
    linker.training.estimate_probability_two_random_records_match(same, recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6)
    linker.training.estimate_parameters_using_expectation_maximisation(by_name)
    linker.training.estimate_parameters_using_expectation_maximisation(by_place)
    pairs = linker.inference.predict(threshold_match_probability=PROPOSED)
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_probability=MERGED)
    frame = found.as_pandas_dataframe()
    clusters = dict(zip(frame["unique_id"].astype(int), frame["cluster_id"].astype(int), strict=True))
    likely = pairs.as_pandas_dataframe()[["unique_id_l", "unique_id_r"]].itertuples(index=False)
    asked = {tuple(sorted((clusters[int(one)], clusters[int(other)]))) for one, other in likely}
    return clusters, {(one, other) for one, other in asked if one != other}


def _pairs(count: int) -> int:
    return count * (count - 1) // 2
