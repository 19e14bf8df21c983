"""The kinds of list a workspace may name: one table that the lookup, the messages and the identifiers all use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tsunagari.errors import Message


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of list.

    Parameters
    ----------
    name
        What `kind` in tsunagari.toml says.
    cls
        Local name of the class of its rows; a column ``class`` may name one below it.
    segment
        Part of the identifiers of its rows.
    label
        Name for people.
    party
        Column that holds the organisation a row is about: further columns of the row may describe that organisation.
    creates
        Columns in which a name not known yet stands for a new organisation.
    told_apart_by
        Columns that, beside the name and the required ones, tell two things of one name apart where rows give them.
    aliases
        Other spellings of `name`.
    adapter
        Module with a function ``read(SourceInput) -> SourceContent`` that turns a file of a fixed format into tables of
        other kinds; None where headers are mapped to the columns of `cls`.
    lists_bodies
        Whether its rows are bodies, so that a name in them is more than a reference to a body of another list.
    is_register
        Whether a file of the kind holds far more than a workspace is about: it is read after all others, and keeps what
        they mention.
    """

    name: str
    cls: str
    segment: str
    label: Message
    party: str | None = None
    creates: tuple[str, ...] = ()
    told_apart_by: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    adapter: str | None = None
    lists_bodies: bool = False
    is_register: bool = False


def _table(*kinds: Kind) -> Mapping[str, Kind]:
    return {kind.name: kind for kind in kinds}


KINDS: Mapping[str, Kind] = _table(
    Kind("documents", "SourceDocument", "source", Message("資料", "documents")),
    Kind(
        "areas",
        "AdministrativeArea",
        "area",
        Message("市区町村", "municipalities"),
        aliases=("area",),
        adapter="tsunagari.loaders.adapters.places.areas",
    ),
    Kind(
        "organizations",
        "Organization",
        "org",
        Message("団体", "organisations"),
        aliases=("organisations", "organization"),
        lists_bodies=True,
    ),
    Kind("platforms", "Platform", "platform", Message("プラットフォーム", "platforms"), aliases=("platform",)),
    Kind("bodies", "PlatformBody", "body", Message("分科会等", "bodies of platforms")),
    Kind(
        "members",
        "PlatformMembership",
        "membership",
        Message("会員名簿", "members"),
        party="member",
        creates=("member",),
        aliases=("member",),
        lists_bodies=True,
    ),
    Kind("roles", "RoleHolding", "role", Message("役割", "roles"), party="member", creates=("member",)),
    Kind("transfers", "RoleTransfer", "transfer", Message("役割の移管", "transfers of roles")),
    Kind(
        "partnerships",
        "PartnershipMembership",
        "partnership-membership",
        Message("圏域の構成", "partnerships"),
        party="member",
    ),
    Kind(
        "ties",
        "CollaborationTie",
        "tie",
        Message("連携関係", "ties"),
        party="tie_from",
        creates=("tie_from", "tie_to"),
        aliases=("tie",),
    ),
    Kind(
        "services",
        "SupportService",
        "service",
        Message("支援・窓口", "services"),
        party="provided_by",
        creates=("provided_by",),
        told_apart_by=("service_type",),
        aliases=("service",),
    ),
    Kind(
        "surveys",
        "CoverageSurvey",
        "survey",
        Message("支援の把握調査", "surveys of what support there is"),
        creates=("carried_out_by",),
        aliases=("survey",),
    ),
    Kind(
        "needs",
        "NeedStatement",
        "need",
        Message("必要の指標", "indicators of need"),
        aliases=("need",),
        adapter="tsunagari.loaders.adapters.statistics.needs",
    ),
    Kind("measures", "CatalogueEntry", "entry", Message("施策一覧", "measures")),
    Kind("support-measures", "SupportMeasure", "measure", Message("支援施策", "support measures")),
    Kind("programmes", "Programme", "programme", Message("事業", "programmes"), aliases=("programs",)),
    Kind("requirements", "ProgrammeRequirement", "requirement", Message("事業の要件", "requirements")),
    Kind(
        "participation",
        "ProgrammeParticipation",
        "participation",
        Message("取組団体", "participation"),
        party="member",
        creates=("member",),
        lists_bodies=True,
    ),
    Kind("activities", "Activity", "activity", Message("活動", "activities")),
    Kind("survey-items", "SurveyItem", "survey-item", Message("調査項目", "survey items")),
    Kind("deliverables", "Deliverable", "deliverable", Message("成果物", "deliverables")),
    Kind("policies", "PolicySection", "policy", Message("政策・規約", "policies")),
    Kind("goals", "Goal", "goal", Message("目標", "goals")),
    Kind("money", "MoneyStatement", "money", Message("金額", "money")),
    Kind("counts", "CountStatement", "count", Message("数", "counts")),
    Kind("corrections", "Correction", "correction", Message("訂正", "corrections")),
    Kind("conflicts", "ConflictSet", "conflict", Message("不一致", "conflicts")),
    Kind("contacts", "ContactPoint", "contact", Message("連絡先", "contacts")),
    Kind("composition", "CompositionStatement", "composition", Message("構成", "composition")),
    Kind("rules", "RuleStatement", "rule", Message("規則", "rules")),
    Kind("glossary", "TermUse", "term-use", Message("用語", "glossary")),
    Kind(
        "npo-portal",
        "Organization",
        "npo-portal",
        Message("NPO法人ポータルの行政入力情報", "NPO portal"),
        adapter="tsunagari.loaders.adapters.registers.npo_portal",
    ),
    Kind(
        "list",
        "Organization",
        "list",
        Message("列の対応を書いた一覧", "list with a mapping of columns"),
        adapter="tsunagari.loaders.adapters.mapped_list",
    ),
    Kind(
        "open-dataset",
        "SupportService",
        "open-dataset",
        Message("国や自治体が決まった形で公開するデータ", "open data of the state and municipalities"),
        adapter="tsunagari.loaders.adapters.open_dataset",
    ),
    Kind(
        "corporate-numbers",
        "Organization",
        "corporate-numbers",
        Message("国税庁の法人番号の一覧", "corporate numbers"),
        adapter="tsunagari.loaders.adapters.registers.corporate_numbers",
        is_register=True,
    ),
    Kind(
        "rdf",
        "Organization",
        "rdf",
        Message("RDF（Turtle、JSON-LD など）", "RDF (Turtle, JSON-LD and others)"),
        adapter="tsunagari.loaders.adapters.rdf.source",
    ),
    Kind("schemes", "Concept", "concept", Message("分類の一覧", "concept schemes"), aliases=("scheme",)),
)
_BY_ANY_NAME = {name: kind for kind in KINDS.values() for name in (kind.name, *kind.aliases)}


def find_kind(name: str) -> Kind | None:
    """Return the kind with this name or another spelling of it; None when there is none.

    Examples
    --------
    >>> find_kind("scheme").name
    'schemes'
    """
    return _BY_ANY_NAME.get(name.strip().lower())
