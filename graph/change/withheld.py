"""What is withheld from the public: rows that say no or nothing, bodies without consent, and what hangs on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from tsunagari.graph.change.names import Callings
from tsunagari.graph.change.views import STATED_IN, Flags, paired
from tsunagari.graph.matching import Answers, doubtful_bodies
from tsunagari.ontology.namespaces import BLANK, PROV, RDF, REFUSED, TSU, concept_iri, inferred_graph_iri
from tsunagari.ontology.statements import IRI

if TYPE_CHECKING:
    from tsunagari.graph.columns import Codes, Columns
    from tsunagari.graph.facts import Reader

MEMBERSHIP = "PlatformMembership"
# Columns without which a thing says nothing: when all they name is withheld, so is the thing.
ESSENTIAL = (
    *("member", "organization", "tie_from", "tie_to", "provided_by", "carried_out_by", "contact_of", "about"),
    *("from_holding", "to_holding", "organized_by_platform", "owner", "programme", "result_of", "item_of"),
    *("attributed_to", "matched", "claim", "part_of_count", "requires_in", "was_derived_from"),
)
_TYPE, _PUBLISHABLE, _AS_OF = f"{RDF}type", f"{TSU}publishable", f"{TSU}asOf"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Withheld:
    """What is withheld.

    Parameters
    ----------
    statements
        Of each statement whether the row that states it is withheld.
    things
        Of each code, and at the end of -1, whether it is of a thing of which nothing is said to the public.
    bodies
        The same for bodies that did not consent.
    mixed
        The same for things that the public sees and of which a withheld row says more.
    names
        What bodies that did not consent are called, see `tsunagari.graph.change.names`; no text may hold it.
    counts
        Rule to the number of rows, bodies or things it withdrew.
    """

    statements: Flags
    things: Flags
    bodies: Flags
    mixed: Flags
    names: frozenset[str]
    counts: dict[str, int]


def find_withheld(reader: Reader, unshown: Flags, *, blank_is_consent: bool) -> Withheld:
    """Return what is withheld from the public.

    A row is withheld when its list says so, when the list asks and the row does not answer, and when it names a member
    and its list does not ask at all; the last two only where a blank is consent to nothing. A body is withheld when a
    row asked it, in any list, and none that counts says yes: a refusal in a newer list ends an older consent to the
    same platform. So is what is called or numbered as such a body is and did not agree itself, and what may be such a
    body while nobody has decided that it is not, see `doubtful_bodies`. What only withheld rows describe is withheld,
    and so is what says something of withheld things alone: ties, services, contacts, roles.

    Parameters
    ----------
    reader
        The graph.
    unshown
        Of each code, and at the end of -1, whether it is of a thing that is not shown whoever says it.
    blank_is_consent
        Whether a member that was not asked or did not answer may be published.
    """
    columns = reader.columns
    rows = _Rows(columns, blank_is_consent=blank_is_consent)
    said = columns.statements
    dropped = rows.dropped()
    bodies, agreed = _consent(columns, rows, dropped)
    refusing = bodies.copy()
    callings = Callings(columns) if bodies.any() else None
    names = _add_namesakes(columns, callings, bodies, agreed)
    doubtful = doubtful_bodies(reader, refusing, bodies, agreed, rows.answers)
    if len(doubtful):
        bodies[doubtful], agreed[doubtful] = True, False
        names = _add_namesakes(columns, callings, bodies, agreed)
    things = _hanging(columns, bodies | _vanished(columns, dropped) | unshown)
    dropped |= _implied(rows, columns, things)
    mixed = columns.mask(said.subjects[dropped]) & columns.mask(said.subjects[~dropped]) & ~things
    counts = {
        **rows.counts,
        "bodies": int(bodies[:-1].sum()) - len(doubtful),
        "doubtful": len(doubtful),
        "hanging": int((columns.mask(said.subjects) & things & ~bodies & ~unshown).sum()),
        "mixed": int((mixed & columns.mask(columns.of_class("Organization"))).sum()),
    }
    return Withheld(dropped, things, bodies, mixed, names, counts)


class _Rows:
    """Which rows of lists are withheld."""

    def __init__(self, columns: Columns, *, blank_is_consent: bool) -> None:
        said = columns.statements
        self._columns = columns
        names, graph_of = said.graphs
        self.graph = graph_of[said.sources] if len(said) else np.empty(0, dtype=np.int64)
        self._size = len(columns.terms) + 1
        self.blank_is_consent = blank_is_consent
        self.is_refused = self._of_graphs([name.endswith(f"#{REFUSED}") for name in names])
        self.is_blank = self._of_graphs([name.endswith(f"#{BLANK}") for name in names])
        self.answers, self.consents = self._read_answers()
        self.counts: dict[str, int] = {}

    def _of_graphs(self, wanted: list[bool]) -> Flags:
        found: Flags = np.array(wanted or [False], dtype=bool)[self.graph] if len(self.graph) else self.graph > 0
        return found

    def keys(self, rows: npt.NDArray[np.int64], codes: Codes) -> npt.NDArray[np.int64]:
        """Return graph and code as one number."""
        found: npt.NDArray[np.int64] = self.graph[rows] * self._size + codes
        return found

    def _read_answers(self) -> tuple[Answers, npt.NDArray[np.int64]]:
        """Return who answered which group when, and the statements by which somebody agrees that no newer one ends."""
        columns, said = self._columns, self._columns.statements
        rows = said.rows(_PUBLISHABLE)
        values = said.values[rows]
        member, group = (columns.one(name, said.subjects[rows]) for name in ("member", "organization"))
        pair = paired(member, group)
        day = self._days(rows)
        no = (values == columns.code("false")) & (values >= 0)
        latest: dict[int, int] = {}
        for one, when in zip(pair[no].tolist(), day[no].tolist(), strict=True):
            latest[one] = max(when, latest.get(one, when))
        ends = np.array([latest.get(one, -1) for one in pair.tolist()], dtype=np.int64)
        yes = (values == columns.code("true")) & (values >= 0)
        found: npt.NDArray[np.int64] = rows[yes & ((day >= ends) | (member < 0)) & ~self.is_refused[rows]]
        return Answers(member, group, day, yes, no), found

    def _refusing(self) -> Flags:
        """Tell of every code whether it is of a body that refused somewhere: then a blank elsewhere is no consent."""
        columns, said = self._columns, self._columns.statements
        rows = said.rows(_PUBLISHABLE)
        no = (said.values[rows] == columns.code("false")) & (columns.code("false") >= 0)
        typed = said.rows(_TYPE)
        described = columns.mask(said.subjects[typed[self.is_refused[typed]]])
        bodies = columns.mask(columns.of_class("Organization"))
        return columns.mask(columns.one("member", said.subjects[rows[no]])) | (described & bodies)

    def _of_refusing(self) -> Flags:
        """Tell of each statement whether it is of a body that refused somewhere, or of its membership."""
        columns = self._columns
        refusing = self._refusing()
        members = columns.one("member", np.arange(len(columns.terms), dtype=np.int32))
        theirs = refusing[:-1] | refusing[members]
        found: Flags = theirs[columns.statements.subjects]
        return found

    def _days(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Return the code of the day of each statement's row, -1 where it has none; codes are in the order of days."""
        said = self._columns.statements
        dated = said.rows(_AS_OF)
        keys = self.keys(dated, said.subjects[dated])
        order = np.argsort(keys, kind="stable")
        wanted = self.keys(rows, said.subjects[rows])
        if not len(keys):
            return np.full(len(rows), -1, dtype=np.int64)
        place = np.minimum(np.searchsorted(keys[order], wanted), len(keys) - 1)
        found = order[place]
        return np.where(keys[found] == wanted, said.values[dated][found], -1).astype(np.int64)

    def dropped(self) -> Flags:
        """Tell of each statement whether its row is withheld, and count the rows."""
        blank = self.is_blank & self._of_refusing() if self.blank_is_consent else self.is_blank
        answered: Flags = self.is_refused | blank
        silent = self._silent(answered)
        found: Flags = answered | silent
        self.counts["refused"] = self._count(self.is_refused)
        self.counts["blank"] = self._count(blank)
        self.counts["unasked"] = self._count(silent)
        return found

    def _silent(self, answered: Flags) -> Flags:
        """Tell of each statement whether it is of a row of members that does not consent, in a list that does not ask.

        Such a row lies in one graph with rows that do: it is told by its place.
        """
        columns, said = self._columns, self._columns.statements
        memberships = columns.mask(listed_memberships(columns))
        every = self.keys(np.arange(len(said)), said.subjects)
        agreed, told = every[self.consents], every[said.rows(_PUBLISHABLE)]
        asks_not = ~self._refusing()[columns.one("member", np.arange(len(columns.terms), dtype=np.int32))]
        stated, typed = said.rows(STATED_IN), said.rows(_TYPE)

        def is_open(rows: npt.NDArray[np.int64]) -> Flags:
            found: Flags = np.isin(every[rows], agreed)
            silent: Flags = ~np.isin(every[rows], told) & asks_not[said.subjects[rows]]
            return found | (silent & self.blank_is_consent)

        wanted = memberships[said.subjects[stated]] & ~answered[stated] & ~is_open(stated)
        places = self.keys(stated, said.values[stated])
        inside = np.isin(places, places[wanted])
        only = np.setdiff1d(every[stated][inside], every[stated][~inside])
        unplaced = typed[memberships[said.subjects[typed]] & ~is_open(typed)]
        found: Flags = np.isin(every, np.concatenate((only, every[unplaced]))) & ~answered
        return found

    def _count(self, flags: Flags) -> int:
        """Return the number of rows, documents' places included, that state what is told apart."""
        said = self._columns.statements
        stated = said.rows(STATED_IN)
        stated = stated[flags[stated]]
        return len(np.unique(self.keys(stated, said.values[stated])))


def _consent(columns: Columns, rows: _Rows, dropped: Flags) -> tuple[Flags, Flags]:
    """Tell of every code whether it is of a body that was asked, or is a member, and did not agree; and which said yes.

    A blank that is taken as consent is no yes: it does not spare a body that is called as one that refused.
    """
    said = columns.statements
    bodies = columns.mask(columns.of_class("Organization")) & ~columns.mask(columns.of_class("Collaboration"))
    bodies &= ~columns.mask(columns.of_class("PlatformBody"))
    typed = said.rows(_TYPE)
    described = columns.mask(said.subjects[typed[(rows.is_refused | rows.is_blank)[typed]]]) & bodies
    memberships = listed_memberships(columns)
    asked = (columns.mask(columns.one("member", memberships)) & bodies) | described
    kept = columns.mask(said.subjects[typed[~dropped[typed]]])
    open_members = columns.one("member", memberships[kept[memberships]])
    yes = said.subjects[rows.consents[~dropped[rows.consents]]]
    explicit = columns.mask(yes) | columns.mask(columns.one("member", yes))
    agreed = columns.mask(open_members) | explicit
    if rows.blank_is_consent:
        agreed |= columns.mask(said.subjects[typed[(rows.is_blank & ~dropped)[typed]]])
    return asked & ~agreed, explicit & bodies


def _add_namesakes(columns: Columns, callings: Callings | None, bodies: Flags, agreed: Flags) -> frozenset[str]:
    """Add to withheld bodies what is called as they are and did not agree, step by step; return what they are called.

    Platforms and their parts are spared: of these the name alone goes, see `tsunagari.graph.change.renaming`.
    """
    spared = columns.mask(columns.of_class("AdministrativeArea", "Concept", "FieldWord", "SourceDocument")) | agreed
    spared |= columns.mask(meetings(columns))
    of_one = columns.mask(columns.of_class("Organization")) & ~columns.mask(columns.of_class("UnnamedGroup"))
    names: frozenset[str] = frozenset()
    if callings is None or not (bodies & of_one).any():
        return names
    others = callings.of(agreed | columns.mask(columns.of_class("AdministrativeArea", "Concept")))
    while True:
        found = callings.of(bodies & of_one) - others
        if found <= names:
            return names
        bodies |= callings.called(found - names) & ~spared
        names = found


def meetings(columns: Columns) -> Codes:
    """Return the platforms, partnerships, forums and their parts."""
    return columns.of_class("Collaboration", "PlatformBody")


def listed_memberships(columns: Columns) -> Codes:
    """Return the memberships that a row states; those that follow from a rule, such as all prefectures, ask nobody."""
    found = columns.of_class(MEMBERSHIP)
    inferred = columns.code(concept_iri("claim-status", "inferred"))
    listed: Codes = found if inferred < 0 else found[columns.one("status", found) != inferred]
    return listed


def _implied(rows: _Rows, columns: Columns, hidden: Flags) -> Flags:
    """Tell of each statement whether a withheld rule implies it; each rule has a named graph of its own."""
    said = columns.statements
    derived = said.rows(f"{PROV}wasDerivedFrom")
    graphs = np.unique(rows.graph[derived[hidden[said.values[derived]]]])
    names = said.graphs[0]
    wanted = [place for place in graphs.tolist() if names[place].startswith(inferred_graph_iri(""))]
    found: Flags = np.isin(rows.graph, wanted)
    return found


def _vanished(columns: Columns, dropped: Flags) -> Flags:
    """Tell of every code whether it is of a thing that only withheld rows describe."""
    said = columns.statements
    typed = said.rows(_TYPE)
    gone = dropped[typed]
    found: Flags = columns.mask(said.subjects[typed[gone]]) & ~columns.mask(said.subjects[typed[~gone]])
    return found


def _hanging(columns: Columns, hidden: Flags) -> Flags:
    """Add to what is hidden what says something of hidden things alone, step by step."""
    parts = columns.of_class("PlatformBody")
    links: list[tuple[Codes, Codes]] = []
    for name in (*ESSENTIAL, "sub_organization_of"):
        subjects, values = columns.pairs(name)
        if name == "sub_organization_of":
            inside = np.isin(subjects, parts)
            subjects, values = subjects[inside], values[inside]
        if len(subjects):
            links.append((subjects, values))
    hidden = hidden.copy()
    while True:
        before = int(hidden.sum())
        for subjects, values in links:
            gone = hidden[values]
            hidden |= columns.mask(subjects[gone]) & ~columns.mask(subjects[~gone])
        if int(hidden.sum()) == before:
            return hidden


def is_node(columns: Columns) -> Flags:
    """Tell of each statement whether its value is an IRI."""
    said = columns.statements
    forms: npt.NDArray[Any] = np.array([origin.form == IRI for origin in said.origins] or [False], dtype=bool)
    found: Flags = forms[said.sources] if len(said) else np.empty(0, dtype=bool)
    return found
