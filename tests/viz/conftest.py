"""A small made-up graph with a hostile name, and a browser that must ask for nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from tsunagari.graph.facts.sources import Citation, NumberedPlaces
from tsunagari.ontology.namespaces import ID
from tsunagari.viz.look.gap_status import GAP_STATUSES, statuses_of
from tsunagari.viz.map.network import TIES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HOSTILE = "</script><img src=x onerror=alert(1)>"
FIELDS = ("児童・子育て", "居場所", "食支援")
TOWNS = (
    ("鳥取市", "とっとりし", "鳥取県", "31201"),
    ("岩美町", "いわみちょう", "鳥取県", "31302"),
    ("香美町", "かみちょう", "兵庫県", "28585"),
)
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def node(label: str, kind: str = "organization", cls: str = "StakeholderOrganization", **more: Any) -> dict[str, Any]:
    plain = {"reading": "", "sector": "", "sector_label": "", "municipality": "", "municipality_code": ""}
    rest = {"prefecture": "", "fields": [], "stated_size": None, "status": "stated"}
    return {"label": label, "kind": kind, "class": cls, "class_label": cls, **plain, **rest, **more}


class MadeUpGraph:
    """What the map asks of a graph: three towns, a partnership, a platform, bodies, one name that is an attack."""

    title = f"架空の圏域 {HOSTILE}"
    as_of = date(2023, 10, 1)

    def __init__(self) -> None:
        self.graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        self._add("platform/area", node("鳥取市連携中枢都市圏", "platform", "RegionalPartnership"))
        self._add("platform/national", node("全国の連携の場", "platform", "Platform", reading="ぜんこく"))
        for name, reading, prefecture, code in TOWNS:
            place = {"municipality": name, "municipality_code": code, "prefecture": prefecture, "reading": reading}
            sector = {"sector": "municipality", "sector_label": "市区町村"}
            self._add(f"org/{code}", node(name, cls="LocalGovernment", **place, **sector))
            self._tie(f"org/{code}", "platform/area", "partner")
            self._tie(f"org/{code}", "platform/national", "PlatformMembership", "inferred")
        for number in range(12):
            name, _, prefecture, code = TOWNS[number % 3]
            place = {"municipality": name, "municipality_code": code, "prefecture": prefecture}
            more = {
                "sector": "npo",
                "sector_label": "NPO",
                "fields": [FIELDS[number % 3]],
                "reading": f"しえん{number}",
            }
            label = HOSTILE if number == 7 else f"子どもと家族の居場所づくりを支える会 第{number}支部"
            self._add(f"org/n{number}", node(label, **place, **more))
            self._tie(f"org/n{number}", f"org/{code}", "joint-activity", "planned" if number % 4 == 0 else "stated")
        self._add("org/alone", node("つながりのない会", status="planned"))

    def _add(self, key: str, attributes: dict[str, Any]) -> None:
        self.graph.add_node(f"{ID}{key}", **attributes)

    def _tie(self, source: str, target: str, kind: str, status: str = "stated") -> None:
        more = {"kind_label": {"partner": "構成市町村", "joint-activity": "共同実施"}.get(kind, "参加"), "weight": 1.0}
        times = {"valid_from": None, "valid_to": None, "directed": True, "evidence": [f"{ID}tie/{source}/{target}"]}
        self.graph.add_edge(f"{ID}{source}", f"{ID}{target}", kind=kind, status=status, **more, **times)

    def network(self, name: str, *, at: object = None, statuses: object = None, lang: str = "ja") -> nx.Graph[str]:
        if name == "all":
            assert statuses is None
            return self.graph
        raise AssertionError(name)

    def projection(self, name: str, *, at: object = None, statuses: object = ()) -> SimpleNamespace:
        if name == "all":
            assert statuses is None
            return self._everything()
        assert name == "collaboration"
        pairs = sorted(
            {tuple(sorted((a, b))) for a, b, kind in self.graph.edges(data="kind") if kind == "joint-activity"}
        )
        ids = sorted({end for pair in pairs for end in pair})
        ends = (np.array([ids.index(pair[place]) for pair in pairs], dtype=int) for place in (0, 1))
        return SimpleNamespace(node_ids=ids, **dict(zip(("source", "target"), ends, strict=True)))

    def _everything(self) -> SimpleNamespace:
        ids = list(self.graph)
        index = {node: number for number, node in enumerate(ids)}
        nodes = pd.DataFrame(
            [{"id": iri, **data} for iri, data in self.graph.nodes(data=True)], columns=["id", *node("")]
        )
        ties = pd.DataFrame([data for _, _, data in self.graph.edges(data=True)], columns=list(TIES), dtype=object)
        source, target = (np.array([index[edge[end]] for edge in self.graph.edges()], dtype=int) for end in (0, 1))
        return SimpleNamespace(
            node_ids=ids, source=source, target=target, nodes=lambda _lang: nodes, edges=lambda _lang: ties
        )

    def centrality(self, measure: str, *, at: object = None) -> pd.Series[float]:
        return pd.Series(dict(self.graph.degree()), dtype=float)

    def cohesion(self, *, at: object = None, lang: str = "ja") -> pd.DataFrame:
        """The bodies of each town are a community; the one without contacts is alone."""
        rows = [(iri, data["label"], data["municipality"]) for iri, data in self.graph.nodes(data=True)]
        numbers = {town[0]: number for number, town in enumerate(TOWNS, 1)}
        return pd.DataFrame(
            [
                {"id": iri, "name": name, "community": numbers.get(town, 9), "community_size": 5 if town else 1}
                for iri, name, town in rows
            ]
        )

    def citations(self, iri: str, *, lang: str = "ja") -> list[Citation]:
        return [Citation("urn:d", f"資料 {HOSTILE}", line=12, quote=f"鳥取市 {HOSTILE}")] if "/org/n7" in iri else []

    def numbered_places(self, iris: list[str], *, lang: str = "ja") -> NumberedPlaces:
        cited = [self.citations(iri, lang=lang) for iri in iris]
        places = sorted({place for found in cited for place in found})
        numbers = np.array([places.index(place) for found in cited for place in found], dtype=int)
        return NumberedPlaces(np.cumsum([0, *map(len, cited)]), numbers, places)

    def gaps(self, *, at: object = None, lang: str = "ja") -> pd.DataFrame:
        rows = []
        for number, (town, field) in enumerate((town, field) for town in TOWNS for field in FIELDS):
            status = [*statuses_of(()), "unknown", "unknown", "none", "single"][number]
            providers = {"multiple": ["n0", "n7"], "single": ["n1"], "wide_only": ["n2"]}.get(status, [])
            names = [self.graph.nodes[f"{ID}org/{key}"]["label"] for key in providers]
            rows.append(
                {
                    "area": town[0],
                    "area_code": town[3],
                    "prefecture": town[2],
                    "field": field,
                    "field_id": f"f{FIELDS.index(field)}",
                    "status": status,
                    "status_label": GAP_STATUSES[status].label.text(lang),
                    **{"local": len(providers), "wide": 0, "partnership": 0, "planned": 1, "connected": True},
                    "providers": names,
                    "provider_ids": [f"{ID}org/{key}" for key in providers],
                    **{"evidence": [HOSTILE], "need": 1.0, "severity": 1 - number / 10},
                    "sentence": f"=1+1 {town[0]}の{field}",
                    "settle": "支援の一覧" if status == "unknown" else "",
                }
            )
        gaps = pd.DataFrame(rows)
        gaps.attrs["severity_formula"] = "深刻度 = 状況の重み × 需要"
        return gaps

    def remedies(
        self, *, at: object = None, statuses: object = None, told: int | None = None, lang: str = "ja"
    ) -> pd.DataFrame:
        """Of every gap the attack and a named branch are candidates; of the last one nobody."""
        gaps = self.gaps(at=at, lang=lang)
        gaps = gaps[gaps["status"] != "multiple"]
        rows = []
        for gap in gaps.to_dict("records"):
            for rank, (key, other) in enumerate((("n7", "31302"), ("n4", "31201")), start=1):
                name, broker = (self.graph.nodes[f"{ID}org/{end}"]["label"] for end in (key, other))
                path = {"path": [broker, name], "path_ids": [f"{ID}org/{other}", f"{ID}org/{key}"]}
                whom = {"broker": broker, "broker_id": f"{ID}org/{other}", "path_evidence": [f"根拠 {HOSTILE}"]}
                found = {"rank": rank, "candidate": name, "candidate_id": f"{ID}org/{key}", "offers_in": ["鳥取市"]}
                rows.append({**gap, **found, **path, **whom, "reasons": "同じ圏域", "sentence": f"候補は{name}"})
        columns = [*gaps.columns, "rank", "candidate", "candidate_id", "offers_in", "path", "path_ids", "broker"]
        return pd.DataFrame(rows[:-2], columns=[*columns, "broker_id", "path_evidence", "reasons"])

    def loss(self, *, at: object = None, lang: str = "ja") -> pd.DataFrame:
        numbers = {"severity_lost": 1.0, "platforms_split": 0, "dependents": 0, "is_cut_point": False}
        rows = [
            {
                "organization_id": f"{ID}org/31201",
                "sentence": "鳥取市がなくなると、居場所の担い手がいなくなります。",
                **numbers,
            },
            {"organization_id": f"{ID}org/31302", "sentence": "何も失われません。", **numbers, "severity_lost": 0.0},
        ]
        return pd.DataFrame(rows)

    def brokers(self, *, at: object = None, lang: str = "ja") -> pd.DataFrame:
        numbers = ("degree", "betweenness", "constraint", "effective_size", "coordinator", "itinerant", "liaison")
        rows = [
            {
                "rank": rank,
                "organization": self.graph.nodes[f"{ID}org/{code}"]["label"],
                "organization_id": f"{ID}org/{code}",
                "group": "市区町村",
                **dict.fromkeys(numbers, 1.0 / rank),
                "is_cut_point": rank == 1,
                "sentence": f"{name}は二つの県をつなぐ。",
            }
            for rank, (name, _, _, code) in enumerate(TOWNS, 1)
        ]
        return pd.DataFrame(rows)

    def coverage_matrix(self, kind: str, *, at: object = None, lang: str = "ja") -> pd.DataFrame:
        return pd.DataFrame([[0, 3], [2, None]], index=["甲", "乙"], columns=["行政", "民間"], dtype=object)

    def frame(self, name: str, *, at: object = None, every: bool = False, lang: str = "ja") -> pd.DataFrame:
        if name == "organizations":
            bodies = [(iri, data) for iri, data in self.graph.nodes(data=True) if data["kind"] == "organization"]
            return pd.DataFrame([{"organization_id": iri, "name": data["label"], **data} for iri, data in bodies])
        ends = [(source, target) for source, target, key in self.graph.edges(data="kind") if key == "partner"]
        label = self.graph.nodes
        rows = [
            {
                "organization_id": source,
                "organization": label[source]["label"],
                "platform": label[target]["label"],
                "status": "stated",
            }
            for source, target in ends
        ]
        return pd.DataFrame(rows)

    def source_table(self, lang: str = "ja") -> pd.DataFrame:
        return pd.DataFrame([{"title": f"資料 {HOSTILE}", "publisher": "県", "issued": "2023-06-01"}])


@pytest.fixture(scope="session")
def made_up() -> Any:
    return MadeUpGraph()


@pytest.fixture(scope="session")
def made_up_map(made_up: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tsunagari.viz.map import write_map

    return write_map(made_up, tmp_path_factory.mktemp("map") / "地図.html")


@pytest.fixture(scope="session")
def browser(lacking: Callable[[str], None]) -> Iterator[Browser]:
    found = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )
    if found is None:
        lacking("Chromium is not installed; `make test` installs it where it may")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


class Visit:
    """One page in the browser, with everything it asked for and complained about."""

    def __init__(self, browser: Browser) -> None:
        self.context = browser.new_context(viewport={"width": 1600, "height": 1000}, locale="ja-JP")
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page: Page = self.context.new_page()
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.complaints.append("dialog"), dialog.dismiss()))
        self.page.add_init_script(
            "window.refused = [];"
            "document.addEventListener('securitypolicyviolation', (event) => refused.push(event.blockedURI));"
        )

    def open(self, path: Path, fragment: str = "") -> Page:
        self.page.goto("about:blank")  # another fragment alone would load nothing, and the old page is ready already
        self.page.goto(path.as_uri() + (f"#{fragment}" if fragment else ""))
        self.page.wait_for_selector("body[data-ready]")
        return self.page

    def outside(self, path: Path) -> list[str]:
        """Everything asked for except the page itself and what it made."""
        own = path.as_uri()
        return [
            url
            for url in self.requests
            if url.split("#")[0] != own and not url.startswith(("data:", "blob:", "about:"))
        ]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    one = Visit(browser)
    yield one
    one.context.close()
