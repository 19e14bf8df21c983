"""How questions are read, which nodes a name stands for, and how a day is answered."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path

import pyoxigraph as ox
import pytest

from tsunagari.errors import QueryError, UnknownNameError
from tsunagari.graph.columns.validity import TIME_COLUMNS, validity
from tsunagari.graph.sparql.questions import all_questions, ask, questions
from tsunagari.graph.sparql.sparql_text import bind
from tsunagari.ontology.namespaces import PREFIXES, REFERENCE_GRAPH
from tsunagari.ontology.quads import ontology_quads

ROW = "tsu:status status:stated ; tsu:statedIn <urn:row>"
PROLOGUE = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items()) + (
    f"PREFIX status: <{PREFIXES['scheme']}claim-status/>\nPREFIX role: <{PREFIXES['scheme']}role/>\n"
)
DATA = f"""
id:area-tottori a tsu:AdministrativeArea ; skos:prefLabel "鳥取県"@ja .
id:area-hyogo a tsu:AdministrativeArea ; skos:prefLabel "兵庫県"@ja , "Hyogo"@en .
id:area-city a tsu:AdministrativeArea ; tsu:inPrefecture id:area-tottori ; tsu:areaCode "31201" .
id:area-kami a tsu:AdministrativeArea ; tsu:inPrefecture id:area-hyogo ; tsu:areaCode "28585" .
id:city a tsu:LocalGovernment ; skos:prefLabel "鳥取市"@ja ; tsu:municipality id:area-city ; {ROW} .
id:kami a tsu:LocalGovernment ; skos:prefLabel "香美町"@ja ; tsu:municipality id:area-kami ; {ROW} .
id:east a tsu:RegionalPartnership ; skos:prefLabel "麒麟のまち圏域"@ja , "Kirin area"@en ;
  skos:altLabel "鳥取東部圏域"@ja ; {ROW} .
id:west a tsu:RegionalPartnership ; skos:prefLabel "鳥取西部圏域"@ja ; {ROW} .
id:m1 a tsu:PartnershipMembership ; org:member id:city ; org:organization id:east ; org:role role:core ;
  tsu:validFrom "2018-04-01"^^xsd:date ; {ROW} .
id:m2 a tsu:PartnershipMembership ; org:member id:kami ; org:organization id:east ; org:role role:partner ;
  tsu:validFromNotBefore "2020-02-13"^^xsd:date ; tsu:validFromNotAfter "2023-04-01"^^xsd:date ; {ROW} .
id:m3 a tsu:PartnershipMembership ; org:member id:city ; org:organization id:west ; org:role role:core ; {ROW} .
"""
OWN = """# name: my-bodies
# ja: 名前に語を含む団体はどれか
# en: Which bodies have a word in their name?
# parameter: word ja="語" en="word" type=code required
# parameter: least ja="最小" en="at least" type=integer default=0
# column: body ja="団体" en="Body"
SELECT ?body ?word
WHERE { ?body a tsu:LocalGovernment ; skos:prefLabel ?name FILTER (CONTAINS(?name, $word) && 1 >= ?least) }
ORDER BY ?body
"""


def store_of(text: str) -> ox.Store:
    store = ox.Store()
    store.bulk_extend(ontology_quads(REFERENCE_GRAPH))
    store.load((PROLOGUE + text).encode(), format=ox.RdfFormat.TRIG)
    return store


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return store_of(DATA)


def members(store: ox.Store, at: str | date | None, name: str = "麒麟") -> list[tuple[str, str]]:
    frame = ask(store, "partnership-members", at=at, params={"partnership": name})
    return list(zip(frame["member"], frame["validity"], strict=True))


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2018-03-31", []),
        ("2018-04-01", [("鳥取市", "certain")]),
        ("2020-02-12", [("鳥取市", "certain")]),
        ("2020-02-13", [("鳥取市", "certain"), ("香美町", "possible")]),
        ("2023-03-31", [("鳥取市", "certain"), ("香美町", "possible")]),
        (date(2023, 4, 1), [("鳥取市", "certain"), ("香美町", "certain")]),
        (None, [("鳥取市", "certain"), ("香美町", "certain")]),
    ],
)
def test_a_day_has_three_answers(store: ox.Store, at: str | date | None, expected: list[tuple[str, str]]) -> None:
    assert members(store, at) == expected


@pytest.mark.parametrize("name", ["麒麟のまち圏域", "Kirin area", "鳥取東部圏域", "麒麟", "kirin", " 東部 "])
def test_a_name_is_matched_by_label_synonym_or_part(store: ox.Store, name: str) -> None:
    assert members(store, "2023-10-01", name) == [("鳥取市", "certain"), ("香美町", "certain")]


def test_a_name_that_fits_several_is_answered_for_all_and_says_for_which(store: ox.Store) -> None:
    frame = ask(store, "partnership-members", at="2023-10-01", params={"partnership": "鳥取"})
    assert list(zip(frame["partnership"], frame["member"], strict=True)) == [
        ("麒麟のまち圏域", "鳥取市"),
        ("麒麟のまち圏域", "香美町"),
        ("鳥取西部圏域", "鳥取市"),
    ]


def test_a_whole_name_wins_over_a_part_of_another() -> None:
    store = store_of(DATA + f'id:more a tsu:RegionalPartnership ; skos:prefLabel "新麒麟のまち圏域"@ja ; {ROW} .')
    assert len(members(store, "2023-10-01", "麒麟のまち圏域")) == 2


def test_a_name_that_fits_far_too_many_is_refused_with_examples() -> None:
    many = "".join(
        f'id:o{number} a tsu:StakeholderOrganization ; skos:prefLabel "会{number}"@ja .' for number in range(20)
    )
    with pytest.raises(QueryError, match=r"fits too many things \(20\).*会"):
        ask(store_of(many), "path-between", at="2023-10-01", params={"start": "会", "end": "会"})


def test_labels_are_in_the_chosen_language_and_fall_back_to_japanese(store: ox.Store) -> None:
    frame = ask(store, "partnership-members", lang="en", at="2023-10-01", params={"partnership": "麒麟"})
    assert frame["partnership"].tolist() == ["Kirin area", "Kirin area"]
    assert frame["prefecture"].tolist() == ["鳥取県", "Hyogo"]
    assert frame["role"].tolist() == ["Core city", "Partner municipality"]
    assert frame.attrs["column_labels"]["member"] == "Municipality"


def test_an_unknown_name_lists_the_nearest(store: ox.Store) -> None:
    with pytest.raises(UnknownNameError) as caught:
        members(store, "2023-10-01", "キリンのまち圏域")
    assert "麒麟のまち圏域" in caught.value.text("ja")
    assert "Not found" in caught.value.text("en")


def test_a_value_is_never_read_as_syntax(store: ox.Store, tmp_path: Path) -> None:
    (tmp_path / "my-bodies.rq").write_text(OWN, encoding="utf-8")
    assert ask(store, "my-bodies", params={"word": '") } UNION { ?body ?p ?name } #'}, folder=tmp_path).empty


def test_a_question_of_the_users_own_is_listed_and_answered(store: ox.Store, tmp_path: Path) -> None:
    (tmp_path / "my-bodies.rq").write_text(OWN, encoding="utf-8")
    listed = questions("ja", folder=tmp_path).set_index("name")
    assert listed.loc["my-bodies", "question"] == "名前に語を含む団体はどれか"
    assert listed.loc["my-bodies", "parameters"] == ["word (語)", "[least (最小)]"]
    frame = ask(store, "my-bodies", params={"word": "町"}, folder=tmp_path)
    assert frame.to_dict("records") == [{"body": "香美町", "word": "町"}]
    assert "my-bodies" not in set(questions("en")["name"])
    assert listed.loc["my-bodies", "theme"] == "そのほか"
    assert questions("en", folder=tmp_path)["name"].tolist()[-1] == "my-bodies"


def test_a_question_may_be_replaced_by_the_user(store: ox.Store, tmp_path: Path) -> None:
    own = OWN.replace("my-bodies", "partnership-members")
    (tmp_path / "partnership-members.rq").write_text(own, encoding="utf-8")
    assert all_questions(tmp_path)["partnership-members"].en == "Which bodies have a word in their name?"


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (("# en: Which bodies have a word in their name?\n", ""), "# en:"),
        (("type=code", "type=colour"), "types"),
        (('ja="語"', 'ja="語'), "quotation mark"),
        (("FILTER (", "FILTER"), "syntax error"),
        (("SELECT ?body ?word\nWHERE {", "DELETE {"), "read-only"),
    ],
)
def test_a_wrong_question_file_is_named_with_its_line(
    store: ox.Store, tmp_path: Path, change: tuple[str, str], word: str
) -> None:
    path = tmp_path / "my-bodies.rq"
    path.write_text(OWN.replace(*change), encoding="utf-8")
    with pytest.raises(QueryError) as caught:
        ask(store, "my-bodies", params={"word": "町"}, folder=tmp_path)
    assert str(path) in caught.value.text("en")
    assert word in caught.value.text("en")


def test_a_question_file_in_another_encoding_says_so(tmp_path: Path) -> None:
    (tmp_path / "my-bodies.rq").write_bytes(OWN.encode("cp932"))
    with pytest.raises(QueryError, match="UTF-8"):
        all_questions(tmp_path)


def test_an_unknown_question_lists_the_nearest(store: ox.Store) -> None:
    with pytest.raises(UnknownNameError, match="partnership-members"):
        ask(store, "partnership-member")


def test_missing_and_unknown_parameters_are_told_with_the_right_ones(store: ox.Store) -> None:
    with pytest.raises(QueryError, match=r"Missing parameter: partnership \(.*name of the partnership.*例|example"):
        ask(store, "partnership-members", at="2023-10-01")
    with pytest.raises(QueryError, match=r"Unknown parameter: town"):
        ask(store, "partnership-members", at="2023-10-01", params={"partnership": "麒麟", "town": "x"})
    with pytest.raises(UnknownNameError, match="Not a date"):
        ask(store, "partnership-members", at="2023-13-01", params={"partnership": "麒麟"})
    with pytest.raises(UnknownNameError, match="whole number"):
        ask(store, "programme-participants", params={"fiscal_year": "R5"})


def test_a_day_may_be_given_to_a_question_that_needs_none(store: ox.Store) -> None:
    assert ask(store, "statements-without-source", at="2023-10-01").empty


def test_a_municipality_is_known_by_name_or_code_even_where_no_source_names_it(store: ox.Store) -> None:
    for given in ("31201", "312011", "鳥取市", "札幌市"):
        assert ask(store, "services-in-municipality", at="2023-10-01", params={"municipality": given}).empty
    with pytest.raises(UnknownNameError):
        ask(store, "services-in-municipality", params={"municipality": "312012"})


CLOSED = f"""
id:city tsu:statedIn <urn:row> .
id:list a tsu:SourceDocument ; dct:title "窓口一覧"@ja ;
  tsu:listCompleteness <{PREFIXES["scheme"]}list-completeness/closed> .
id:place oa:hasSource id:list .
<{PREFIXES["id"]}area/31201> a tsu:AdministrativeArea ; tsu:inPrefecture <{PREFIXES["id"]}area/31000> .
id:helper a tsu:StakeholderOrganization ; skos:prefLabel "会"@ja ; {ROW} .
id:s1 a tsu:SupportService ; tsu:providedBy id:helper ; tsu:serviceArea <{PREFIXES["id"]}area/31201> ;
  tsu:supportField <{PREFIXES["scheme"]}hyogo/hikikomori> ; tsu:status status:stated ; tsu:statedIn id:place .
id:s2 a tsu:SupportService ; tsu:providedBy id:helper ; tsu:serviceArea <{PREFIXES["id"]}area/31000> ;
  tsu:supportField <{PREFIXES["scheme"]}hyogo/education> ; {ROW} .
id:s3 a tsu:SupportService ; tsu:providedBy id:helper ; tsu:serviceArea <{PREFIXES["id"]}area/31201> ;
  tsu:supportField <{PREFIXES["scheme"]}hyogo/housing> ; tsu:status status:planned ; tsu:statedIn id:place .
"""


def test_an_absence_is_told_only_where_a_complete_list_shows_it() -> None:
    open_list = store_of(CLOSED.replace("closed>", "open>"))
    assert ask(open_list, "fields-without-support", at="2023-10-01", params={"area": "鳥取市"}).empty
    frame = ask(store_of(CLOSED), "fields-without-support", at="2023-10-01", params={"area": "鳥取市"})
    assert len(frame) == 19
    assert set(frame["complete_list"]) == {"窓口一覧"}
    assert not {"ひきこもり", "教育"} & set(frame["field"])
    assert "住宅" in set(frame["field"])
    assert ask(store_of(CLOSED), "fields-without-support", at="2023-10-01", params={"area": "岩美町"}).empty


def test_a_statement_without_a_source_is_found(store: ox.Store) -> None:
    assert ask(store, "statements-without-source").empty
    bare = store_of(DATA + "id:bare a tsu:Event ; tsu:status status:stated .")
    assert ask(bare, "statements-without-source")["statement_id"].tolist() == [f"{PREFIXES['id']}bare"]


TIMES = {
    "valid_from": (None, "2022-02-01"),
    "valid_from_not_before": (None, "2022-01-01"),
    "valid_from_not_after": (None, "2022-03-01"),
    "valid_to": (None, "2023-02-01"),
    "valid_to_not_before": (None, "2023-01-01"),
    "valid_to_not_after": (None, "2023-03-01"),
    "as_of": (None, "2022-02-15"),
}
DAYS = ("2021-12-31", "2022-01-15", "2022-02-10", "2022-02-20", "2022-06-01", "2023-01-15", "2023-02-15", "2023-03-01")
PROPERTIES = dict(
    zip(
        TIME_COLUMNS,
        (
            "validFrom",
            "validFromNotBefore",
            "validFromNotAfter",
            "validTo",
            "validToNotBefore",
            "validToNotAfter",
            "asOf",
        ),
        strict=True,
    )
)


def test_queries_and_tables_agree_on_what_holds_when() -> None:
    cases = [dict(zip(TIMES, values, strict=True)) for values in product(*TIMES.values())]
    lines = []
    for number, times in enumerate(cases):
        dates = "".join(f'tsu:{PROPERTIES[name]} "{day}"^^xsd:date ; ' for name, day in times.items() if day)
        lines.append(f'id:o{number} a tsu:StakeholderOrganization ; skos:prefLabel "{number}"@ja ; {ROW} .')
        lines.append(
            f"id:r{number} a tsu:PlatformMembership ; org:member id:o{number} ; org:organization id:pf ; {dates}{ROW} ."
        )
    store = store_of(f'id:pf a tsu:Platform ; skos:prefLabel "場"@ja ; {ROW} .' + "\n".join(lines))
    for day in DAYS:
        frame = ask(store, "platform-members", at=day, params={"platform": "場"})
        told = dict(zip(frame["member"], frame["validity"], strict=True))
        expected = {str(number): validity(times, day) for number, times in enumerate(cases)}
        assert told == {name: value for name, value in expected.items() if value != "no"}


def test_bind_replaces_whole_variables_and_keeps_selected_columns() -> None:
    term = ox.NamedNode("urn:x")
    text = "SELECT ?a (COUNT(?a) AS ?n) (1 AS ?a) { ?a ?ab '?a' FILTER (?a = $a) } GROUP BY ?a ORDER BY DESC(?a) ?a"
    assert bind(text, {"a": term}) == (
        "SELECT (<urn:x> AS ?a) (COUNT(<urn:x>) AS ?n) (1 AS ?a) { <urn:x> ?ab '?a' FILTER (<urn:x> = <urn:x>) } "
        "GROUP BY (<urn:x>) ORDER BY DESC(<urn:x>) (<urn:x>)"
    )


def test_a_field_is_known_by_its_name_in_any_scheme_of_fields(store: ox.Store, tmp_path: Path) -> None:
    header = "# name: field-name\n# ja: 分野\n# en: field\n# parameter: field required type=concept of=fields\n"
    (tmp_path / "field-name.rq").write_text(header + "SELECT ?field {}\n", encoding="utf-8")
    for given in ("住宅", "housing", "Housing"):
        answer = ask(store, "field-name", params={"field": given}, folder=tmp_path, lang="en")
        assert answer["field"].tolist() == ["Housing"]
    with pytest.raises(UnknownNameError, match="住まい"):
        ask(store, "field-name", params={"field": "住拓"}, folder=tmp_path)


def test_a_value_where_none_of_its_kind_can_stand_is_told_with_file_and_line(store: ox.Store, tmp_path: Path) -> None:
    header = "# name: by-path\n# ja: 述語\n# en: predicate\n# parameter: path required type=code\n"
    (tmp_path / "by-path.rq").write_text(header + "SELECT ?s { ?s ?path ?o }\n", encoding="utf-8")
    with pytest.raises(QueryError) as caught:
        ask(store, "by-path", params={"path": "label"}, folder=tmp_path)
    assert str(tmp_path / "by-path.rq") in str(caught.value)
    assert caught.value.place.row == 5
