"""How a table of brokers was made, in words and with its sources, so that it can be cited."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from typing import Any

from tsunagari.errors import Message
from tsunagari.graph.centre.bibliography import WORKS, program, references, works_of
from tsunagari.graph.inference import LEVEL, RecordErrors
from tsunagari.graph.wording import errors_phrase

MEASURES = ("brokerage", "constraint", "betweenness", "cut_points", "rank_intervals")


@dataclass(frozen=True, slots=True)
class Study:
    """What a table of brokers was counted in.

    Parameters
    ----------
    network
        Name of the network; empty for one of the user's.
    partition
        What divides the nodes into groups.
    nodes, ties
        Numbers of the whole network; a tie without direction counts as two.
    density
        Share of ordered pairs that are tied.
    undirected
        Whether every tie runs both ways.
    betweenness_pairs, betweenness_epsilon, betweenness_delta
        From how many pairs of nodes betweenness is estimated, and the error that it exceeds with probability delta at
        most; all 0 where it is exact.
    errors
        How wrong lists are taken to be, for the intervals of ranks and cut points.
    null, draws, seed
        The random networks that the sentences speak from; empty and 0 for none.
    """

    network: str
    partition: str
    nodes: int
    ties: int
    density: float
    undirected: bool
    betweenness_pairs: int = 0
    betweenness_epsilon: float = 0.0
    betweenness_delta: float = 0.0
    errors: RecordErrors = field(default_factory=RecordErrors)
    null: str = ""
    draws: int = 0
    seed: int = 0


def broker_method(study: Study, chance: Message, lang: str = "ja") -> dict[str, Any]:
    """Return the ``attrs`` of a table of brokers: ``method`` (text), ``citation`` (list), ``works`` and ``study``.

    ``works`` are the keys of what is cited, for `tsunagari.graph.centre.cite`; ``study`` holds the figures.

    Parameters
    ----------
    study
        What the table was counted in.
    chance
        What the sentences say of chance, and from which random networks.
    lang
        ``"ja"`` or ``"en"``, of the text.

    Examples
    --------
    >>> study = Study("ties", "sector", 3, 4, 2 / 3, True)
    >>> attrs = broker_method(study, Message("比べていない。", "Not compared."), "en")
    >>> attrs["method"].splitlines()[0]
    'Network: ties, 3 nodes, 4 directed ties (each tie both ways), density 0.667.'
    """
    software = Message(
        f"計算: Tsunagari {version('tsunagari')}（この表の数値は同じデータから再現できます）。",
        f"Computed with Tsunagari {version('tsunagari')}; the same data give the same numbers.",
    )
    lines = (_network(study), _roles(study), chance, _holes(), _between(study), _intervals(study), software)
    estimated = ["betweenness"] if study.betweenness_pairs else []
    compared = [f"null_{study.null}", "false_discovery"] if study.null else []
    works = works_of([*MEASURES, *compared], estimated=estimated, network=study.network)
    return {
        "method": "\n".join(line.text(lang) for line in lines),
        "citation": [*references(works), program(lang).text()],
        WORKS: list(works),
        "study": asdict(study),
    }


def _network(study: Study) -> Message:
    both_ja, both_en = ("（どのつながりも双方向）", " (each tie both ways)") if study.undirected else ("", "")
    name_ja, name_en = study.network or "（名前なし）", study.network or "(no name)"
    return Message(
        f"ネットワーク: {name_ja}、{study.nodes:,} ノード、有向のつながり {study.ties:,} 本{both_ja}、"
        f"密度 {study.density:.3g}。",
        f"Network: {name_en}, {study.nodes:,} nodes, {study.ties:,} directed ties{both_en}, "
        f"density {study.density:.3g}.",
    )


def _roles(study: Study) -> Message:
    chance = (
        Message("組ごとに双方向か無かの無作為なネットワーク", "random networks whose pairs are tied both ways or not")
        if study.undirected
        else Message("向きごとに独立な無作為ネットワーク", "random networks whose ordered pairs are tied on their own")
    )
    return Message(
        f"橋渡し: 「{study.partition}」で分けた集団の間の 5 つの役割を、直接つながっていない a と c の間の"
        f"経路 a→b→c の数で数えた（Gould & Fernandez 1989）。"
        f"期待値と z は論文の帰無モデル（密度一つ）、すなわち同じ集団と密度の{chance.ja}との比較。",
        f"Brokerage: the five roles between groups by {study.partition!r}, counted as paths a→b→c without a tie a→c "
        f"(Gould & Fernandez 1989). Expected values and z are by the published null, one "
        f"density: {chance.en}, of the same groups.",
    )


def _holes() -> Message:
    return Message(
        "拘束度・有効規模: Burt (1992)、重みつき、相手のつながりはネットワーク全体でみる（whole-network model）。"
        "切断点: 2重連結成分（Hopcroft & Tarjan 1973）。",
        "Constraint and effective size: Burt (1992), weighted, contacts' ties over the whole network. "
        "Cut points: biconnected components (Hopcroft & Tarjan 1973).",
    )


def _between(study: Study) -> Message:
    if not study.betweenness_pairs:
        return Message("媒介中心性: Freeman (1977)、全組の正確な値。", "Betweenness: Freeman (1977), exact.")
    sure, pairs, error = 1 - study.betweenness_delta, study.betweenness_pairs, study.betweenness_epsilon
    return Message(
        f"媒介中心性: Freeman (1977) を {pairs:,} 組の標本から推定（Riondato & Upfal 2018、seed 0）。"
        f"確率 {sure:.0%} で、どの値の誤差も {error:.2g} 以下。",
        f"Betweenness: Freeman (1977), estimated from {pairs:,} pairs (Riondato & Upfal 2018, seed 0); with "
        f"probability {sure:.0%} no value is off by more than {error:.2g}.",
    )


def _intervals(study: Study) -> Message:
    wrong = study.errors
    said = errors_phrase(wrong.missing, wrong.false_records, wrong.missing_lists)
    if said is None:
        return Message("順位の幅: 記載の誤りは仮定していない。", "Rank intervals: no record is taken to be wrong.")
    return Message(
        f"順位の幅と切断点の確からしさ: {said.ja}一覧を {wrong.draws} 回抽選し（記載の単位で。"
        "参加の記載が 1 つ欠ければ、そこから生じるつながりもすべて欠ける）、ネットワークを作り直して"
        f"橋渡しを数えたときの、中央 {LEVEL:.0%} の順位（Borgatti, Carley & Krackhardt 2006、seed {wrong.seed}）。"
        "幅がほかの全団体と重なるものは「データ不足」。",
        f"Rank intervals and shares of cut points: {wrong.draws} draws of lists {said.en}, record by record (a missing "
        "membership takes all ties along that follow from it), the network made anew from each; the middle "
        f"{LEVEL:.0%} of the ranks by brokerage (Borgatti, Carley & Krackhardt 2006, seed {wrong.seed}); 'insufficient "
        "data' where an interval overlaps those of all others.",
    )
