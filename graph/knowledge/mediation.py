"""Who stands between whom, as users ask it: brokers, roles in the whole network, structural holes, two modes."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tsunagari.graph.centre import defined_by
from tsunagari.graph.knowledge.reach import Day, Reach
from tsunagari.graph.wording import measure_sentences, role_sentence

if TYPE_CHECKING:
    import pandas as pd

    from tsunagari.graph.measures import Accuracy, Adjacency, Mixing, Model, Variance

NODE_COLUMNS = ("id", "label", "kind")
TWO_MODE_NETWORKS = ("members", "services", "service_areas")


class Mediation(Reach):
    """The part of a knowledge graph's interface that tells who connects whom."""

    def brokers(
        self,
        group: str | Mapping[Any, Hashable] | pd.Series[Any] = "sector",
        *,
        network: str = "collaboration",
        missing: float = 0.1,
        at: Day = None,
        lang: str = "ja",
    ) -> pd.DataFrame:
        """Return one row an organisation, the greatest broker first; see `tsunagari.graph.centre.broker_table`.

        ``group`` is a name of `tsunagari.graph.networks.partitions.GROUPS`, or a mapping or Series from the id (or
        name) of an organisation to its group, such as a column of a table of your own. ``missing`` is the share of the
        ties that may be missing, for the intervals of ranks. ``attrs["method"]`` and
        ``attrs["citation"]`` of the table are what a report or paper needs to cite it.

        Examples
        --------
        >>> brokers = kg.brokers()
        >>> brokers.columns[:3].tolist(), brokers.attrs["citation"][0][:26]
        (['rank', 'organization', 'organization_id'], 'Gould, R. V. & Fernandez, ')
        """
        from tsunagari.graph.centre import broker_table

        matrix, nodes = self._network(network, at, lang)
        memberships = self._memberships(at, lang)
        return broker_table(
            matrix, nodes, group=group, memberships=memberships, network=network, missing=missing, lang=lang
        )

    def brokerage(
        self,
        group: str | Mapping[Any, Hashable] | pd.Series[Any] = "sector",
        *,
        network: str = "collaboration",
        variance: Variance = "sna",
        at: Day = None,
        lang: str = "ja",
    ) -> pd.DataFrame:
        """Return how often each role occurs in the whole network: count, expected, deviation, z, and a sentence.

        See `tsunagari.graph.measures.network_brokerage`; ``group`` as for `brokers`.

        Examples
        --------
        >>> kg.brokerage().index.tolist()[:2]
        ['coordinator', 'itinerant']
        """
        from tsunagari.graph.centre import with_platforms
        from tsunagari.graph.measures import network_brokerage
        from tsunagari.graph.networks import partition_of

        matrix, nodes = self._network(network, at, lang)
        partition = partition_of(with_platforms(nodes, self._memberships(at, lang)), group, lang=lang)
        found = network_brokerage(matrix, partition.numbers, variance=variance)
        rows = zip(found.index, found["count"], found["expected"], found["z"], strict=True)
        found["sentence"] = [role_sentence(*row, lang) for row in rows]
        return defined_by(found, ["brokerage"])

    def structural_holes(
        self, *, network: str = "collaboration", model: Model = "whole", at: Day = None, lang: str = "ja"
    ) -> pd.DataFrame:
        """Return Burt's measures for each node: constraint, effective size, efficiency, hierarchy, and a sentence.

        The first columns are id, label and kind. See `tsunagari.graph.measures.structural_holes`.

        Examples
        --------
        >>> kg.structural_holes(model="ego").columns.tolist()[3:]
        ['constraint', 'effective_size', 'efficiency', 'hierarchy', 'sentence']
        """
        import pandas as pd

        from tsunagari.graph.measures import structural_holes

        matrix, nodes = self._network(network, at, lang)
        found = pd.concat([nodes[list(NODE_COLUMNS)], structural_holes(matrix, model=model)], axis="columns")
        found["sentence"] = measure_sentences(found, ("effective_size", "constraint"), lang=lang)
        return defined_by(found, ["constraint"], network=network)

    def two_mode(self, network: str = "members", *, at: Day = None, lang: str = "ja") -> pd.DataFrame:
        """Return the measures of a network of two modes for organisations (mode 1) and what they are tied to (mode 2).

        The columns are id, label, kind, mode, those of `tsunagari.graph.measures.two_mode.MEASURES`, and a sentence.

        Raises
        ------
        NetworkError
            The network has ties within a mode, as that of ``ties`` between organisations.

        Examples
        --------
        >>> kg.two_mode("services").columns.tolist()[:4]
        ['id', 'label', 'kind', 'mode']
        """
        import pandas as pd

        from tsunagari.graph.measures import matrix_two_mode

        matrix, nodes = self._network(network, at, lang)
        measures = matrix_two_mode(matrix, (nodes["kind"] == "organization").to_numpy(), nodes["label"].tolist())
        found = pd.concat([nodes[list(NODE_COLUMNS)], measures], axis="columns")
        found["sentence"] = measure_sentences(found, ("degree", "constraint"), two_mode=True, lang=lang)
        return defined_by(found, ["two_mode_centrality", "two_mode_constraint"])

    def centralities(
        self,
        measures: Sequence[str] = ("degree", "betweenness", "closeness"),
        *,
        network: str = "collaboration",
        group: str | Mapping[Any, Hashable] | pd.Series[Any] | None = None,
        directed: bool = False,
        accuracy: Accuracy | None = None,
        missing: float | None = None,
        at: Day = None,
        lang: str = "ja",
    ) -> pd.DataFrame:
        """Return measures of centrality for each node, the most central by the first of them first, with a sentence.

        See `tsunagari.graph.centre.centrality_table`. ``members``, ``services`` and ``service_areas`` are
        two-mode networks and have the measures of `tsunagari.graph.measures.two_mode.MEASURES`. Ties count in both
        directions unless ``directed``. ``accuracy`` is a `tsunagari.graph.measures.Accuracy`: by default large networks
        are sampled, and ``attrs["errors"]`` says how far their values may be off. ``missing`` adds the intervals of
        ranks when that share of the ties is missing.

        Examples
        --------
        >>> kg.centralities(["degree", "coreness"]).columns.tolist()
        ['rank', 'name', 'id', 'kind', 'degree', 'coreness', 'sentence']
        """
        from tsunagari.graph.centre import centrality_table

        matrix, nodes = self._network(network, at, lang, directed=directed)
        return centrality_table(
            matrix,
            nodes,
            measures,
            two_mode=network in TWO_MODE_NETWORKS,
            group=group,
            memberships=self._memberships(at, lang),
            accuracy=accuracy,
            network=network,
            missing=missing,
            lang=lang,
        )

    def cohesion(
        self,
        *,
        network: str = "collaboration",
        resolution: float = 1.0,
        seed: int = 1,
        at: Day = None,
        lang: str = "ja",
    ) -> pd.DataFrame:
        """Return the connected part and community of each body, and what falls apart without it, with a sentence.

        See `tsunagari.graph.centre.cohesion_table`.

        Examples
        --------
        >>> kg.cohesion().columns[3:7].tolist()
        ['component', 'component_size', 'community', 'community_size']
        """
        from tsunagari.graph.centre import cohesion_table

        matrix, nodes = self._network(network, at, lang, directed=False)
        found = cohesion_table(matrix, nodes, resolution=resolution, seed=seed, lang=lang)
        return defined_by(found, ["communities", "modularity", "cut_points"], network=network)

    def key_players(
        self,
        count: int = 3,
        goal: str = "fragmentation",
        *,
        steps: int = 1,
        network: str = "collaboration",
        at: Day = None,
        lang: str = "ja",
    ) -> pd.DataFrame:
        """Return the set of bodies without which a network falls apart most, or that together reach most of it.

        See `tsunagari.graph.centre.key_player_table`, and `tsunagari.graph.measures.key_players` for the goals.

        Examples
        --------
        >>> kg.key_players(2).columns.tolist()
        ['place', 'name', 'id', 'kind', 'score', 'sentence']
        """
        from tsunagari.graph.centre import key_player_table

        matrix, nodes = self._network(network, at, lang, directed=False)
        return defined_by(key_player_table(matrix, nodes, count, goal, steps=steps, lang=lang), ["key_players"])

    def mixing(
        self,
        group: str | Mapping[Any, Hashable] | pd.Series[Any] = "sector",
        *,
        network: str = "collaboration",
        permutations: int = 0,
        seed: int = 0,
        at: Day = None,
        lang: str = "ja",
    ) -> Mixing:
        """Return the ties between groups as a matrix, and the E-I index of each group and of the whole network.

        See `tsunagari.graph.measures.mixing`; ``group`` as for `brokers`. Rows and columns are named by the groups.

        Examples
        --------
        >>> found = kg.mixing("prefecture")
        >>> -1 <= found.ei <= 1, bool((found.ties.index == found.groups.index).all())
        (True, True)
        """
        from dataclasses import replace

        from tsunagari.graph.centre import with_platforms
        from tsunagari.graph.measures import mixing
        from tsunagari.graph.networks import partition_of

        matrix, nodes = self._network(network, at, lang, directed=False)
        partition = partition_of(with_platforms(nodes, self._memberships(at, lang)), group, lang=lang)
        found = mixing(matrix, partition.numbers, permutations=permutations, seed=seed)
        names = partition.labels[: len(found.groups)]
        ties = found.ties.set_axis(names, axis="index").set_axis(names, axis="columns")
        groups = defined_by(found.groups.set_axis(names, axis="index"), ["e_i_index"])
        return replace(found, ties=ties, groups=groups)

    def test(
        self,
        statistic: str | Sequence[str] = "brokerage",
        *,
        null: str | None = None,
        draws: int = 199,
        seed: int = 0,
        level: str = "network",
        group: str | Mapping[Any, Hashable] | pd.Series[Any] = "sector",
        network: str | None = None,
        at: Day = None,
        lang: str = "ja",
    ) -> pd.DataFrame:
        """Hold statistics of a network against random networks: p, interval, mean and spread of the null, a sentence.

        See `tsunagari.graph.centre.chance_table.chance_table`. ``statistic`` is one or several of
        `tsunagari.graph.inference.statistics.STATISTICS` (``"roles"`` for the five roles); ``null`` is ``density``,
        ``degree``, ``membership`` or ``labels``, by default the one that keeps what is trivially true of the network:
        memberships where it is made of them, else degrees. ``level="body"`` gives a row for each organisation. The
        network is ``collaboration``, for what organisations cover ``services``, unless another is named. A null that
        does not fit the network is refused with the reason.

        Examples
        --------
        >>> found = kg.test(["brokerage", "ei"], draws=39, lang="en")
        >>> found[["statistic", "null", "draws"]].values.tolist()
        [['brokerage', 'membership', 39], ['ei', 'membership', 39]]
        """
        from tsunagari.graph.centre import chance_table, read_observed
        from tsunagari.graph.inference import STATISTICS, statistics_named

        names = statistics_named(statistic)
        if network is None:
            network = "services" if STATISTICS[names[0]].two_mode else "collaboration"
        observed, nodes, _ = read_observed(
            self._reader,
            network,
            at=self._day(at),
            group=group,
            memberships=self._memberships(at, lang),
            lang=lang,
        )
        return chance_table(
            observed, nodes, names, null=null, draws=draws, seed=seed, level=level, network=network, lang=lang
        )

    def _network(self, name: str, at: Day, lang: str, *, directed: bool = True) -> tuple[Adjacency, pd.DataFrame]:
        """Return the weights of a network and its nodes in the order of the rows."""
        from tsunagari.graph.networks import project

        found = project(self._reader, name, at=self._day(at), directed=directed)
        return found.adjacency(), found.nodes(lang)

    def _memberships(self, at: Day, lang: str) -> dict[str, list[str]]:
        from tsunagari.graph.tables import platforms_of

        return platforms_of(self._reader.columns, at=self._day(at), lang=lang)
