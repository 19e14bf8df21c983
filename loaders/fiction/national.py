"""Lists in the shapes that the state gives out: care, disability, cafeterias, a programme, regional councils."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from random import Random

from tsunagari.loaders.fiction import mess
from tsunagari.loaders.fiction.country import Organization, Region, Service
from tsunagari.loaders.fiction.files import Cell, Sheet
from tsunagari.loaders.fiction.lists import Statement, write_listed_name
from tsunagari.loaders.fiction.sheets import Office
from tsunagari.ontology.municipalities import Municipality

CARE_HEADER = (
    *("都道府県コード又は市町村コード", "No", "都道府県名", "市区町村名", "事業所名", "事業所名カナ", "サービスの種類"),
    *("住所", "方書（ビル名等）", "緯度", "経度", "電話番号", "FAX番号", "法人番号", "法人の名称", "事業所番号"),
    *("利用可能曜日", "利用可能曜日特記事項", "定員", "URL", "高齢者の方と障害者の方が同時一体的に利用できるサービス"),
    *("介護保険の通常の指定基準を満たしている", "障害福祉の通常の指定基準を満たしている", "備考"),
)
DISABILITY_HEADER = (
    *("都道府県コード又は市区町村コード", "NO（※システム内の固有の番号、連番）", "指定機関名", "法人の名称"),
    *("法人の名称_かな", "法人番号", "法人住所（市区町村）", "法人住所（番地以降）", "法人電話番号", "法人FAX番号"),
    *("法人URL", "サービス種別", "事業所の名称", "事業所の名称_かな", "事業所番号", "事業所住所（市区町村）"),
    *("事業所住所（番地以降）", "事業所電話番号", "事業所FAX番号", "事業所URL", "事業所緯度", "事業所経度"),
    *("利用可能な時間帯（平日）", "利用可能な時間帯（土曜）", "利用可能な時間帯（日曜）", "利用可能な時間帯（祝日）"),
    *("定休日", "利用可能曜日特記事項（留意事項）", "定員"),
)
_CAFETERIA_HEADER = (
    *("全国地方公共団体コード", "ID", "都道府県", "市区町村名", "名称", "実施支援の主な区分", "住所", "電話番号1"),
    *("メールアドレス1", "運営団体名", "開催頻度", "参加費_小学生", "フードパントリー実施"),
)
_KINDS = ("居宅介護", "就労継続支援B型", "生活介護", "共同生活援助")
_CARE = ("訪問介護", "通所介護", "居宅介護支援")
_UNNAMED = 0.3  # how many more cafeterias there are whose operator nobody names
YEAR = 2024


@dataclass(slots=True)
class Notice:
    """The councils of a prefecture as its public notice has them.

    Parameters
    ----------
    sheet
        The list.
    members
        Who the rows say is a constituent; the facts are those of `councils`.
    councils
        Row, id, name, municipality and coordinating body of each.
    """

    sheet: Sheet
    members: list[tuple[Statement, str]] = field(default_factory=list)
    councils: list[tuple[int, str, str, str, str]] = field(default_factory=list)


def care_rows(services: Iterable[Service], office: Office) -> list[Sequence[str]]:
    """Return care services as the public information on care has them: names of corporations as registered."""
    return [_care_row(service, office.chance) for service in services]


def _care_row(service: Service, chance: Random) -> Sequence[str]:
    place, body = service.provider.place, service.provider
    cells = {
        "都道府県コード又は市町村コード": place.code6,
        "No": service.id,
        "都道府県名": place.prefecture,
        "市区町村名": place.name,
        "事業所名": service.name,
        "サービスの種類": chance.choice(_CARE),
        "住所": f"{place.full_name}架空町{chance.randrange(1, 30)}番地",
        "電話番号": f"0000-00-{chance.randrange(10000):04}",
        "法人番号": body.corporate_number or "",
        "法人の名称": mess.official_name(body),
        "事業所番号": service.id,
        "定員": str(chance.randrange(5, 40)),
    }
    return [cells.get(header, "") for header in CARE_HEADER]


def disability_rows(services: Iterable[Service], office: Office) -> list[Sequence[str]]:
    """Return services for people with disabilities as WAM NET has them, the corporation's own address beside."""
    return [_disability_row(service, office.chance) for service in services]


def _disability_row(service: Service, chance: Random) -> Sequence[str]:
    place, body = service.provider.place, service.provider
    cells = {
        "都道府県コード又は市区町村コード": place.code5,
        "NO（※システム内の固有の番号、連番）": service.id,
        "指定機関名": place.prefecture,
        "法人の名称": mess.official_name(body),
        "法人番号": body.corporate_number or "",
        "法人住所（市区町村）": place.full_name,
        "法人住所（番地以降）": "架空町1番地",
        "サービス種別": chance.choice(_KINDS),
        "事業所の名称": service.name,
        "事業所番号": service.id,
        "事業所住所（市区町村）": place.full_name,
        "事業所住所（番地以降）": f"架空町{chance.randrange(1, 30)}番地",
        "定員": str(chance.randrange(5, 40)),
    }
    return [cells.get(header, "") for header in DISABILITY_HEADER]


def is_national(service: Service, field_name: str) -> bool:
    """Tell whether a national list has a service: a local one of a corporation in a field."""
    is_local = service.area is service.provider.place and service.status == "stated"
    return is_local and service.field == field_name and service.provider.corporate_number is not None


def is_cafeteria(service: Service) -> bool:
    """Tell whether a service is one that the list of cafeterias has: a group's own, for children and parents."""
    is_local = service.area is service.provider.place and service.status == "stated"
    return is_local and service.field == "childcare" and service.provider.corporate_number is None


def cafeterias(
    services: Sequence[Service], office: Office
) -> tuple[Sheet, list[Statement], list[tuple[int, str, str]]]:
    """Return the cafeterias of a prefecture, what the rows state, and those whose operator nobody names."""
    chance = office.chance
    sheet = Sheet("こども食堂一覧")
    sheet.add(*_CAFETERIA_HEADER)
    statements: list[Statement] = []
    unnamed: list[tuple[int, str, str]] = []
    for number, fact in enumerate(services, start=1):
        body = fact.provider
        name = write_listed_name(body, office, is_placed=True)
        row = sheet.add(*_cafeteria(number, fact.name, body.place, name, chance))
        statements.append(Statement(row, "provided_by", name, body, fact.id))
        if office.rate and chance.random() < _UNNAMED:
            called = f"架空みんなの食堂{number}"
            row = sheet.add(*_cafeteria(f"{number}b", called, body.place, "", chance))
            unnamed.append((row, called, body.place.code5))
    return sheet, statements, unnamed


def _cafeteria(number: int | str, name: str, place: Municipality, operator: str, chance: Random) -> Sequence[Cell]:
    cells: dict[str, Cell] = {
        "全国地方公共団体コード": place.code6,
        "ID": number,
        "都道府県": place.prefecture,
        "市区町村名": place.name,
        "名称": name,
        "住所": f"{place.full_name}架空町{chance.randrange(1, 30)}番地{number}",
        "電話番号1": f"0000-00-{chance.randrange(10000):04}",
        "運営団体名": operator,
        "開催頻度": "月1回",
        "参加費_小学生": 0,
        "フードパントリー実施": chance.choice(("有", "無")),
    }
    return [cells.get(header, "") for header in _CAFETERIA_HEADER]


def programme_list(places: Sequence[Municipality], chance: Random) -> tuple[Sheet, list[tuple[int, str]]]:
    """Return the municipalities of the programme of multi-layered support: a title, each prefecture named once."""
    sheet = Sheet("重層")
    sheet.add("令和6年度 重層的支援体制整備事業 実施市町村（架空）")
    sheet.add("都道府県", "市町村名")
    rows, above = [], ""
    for place in places:
        if chance.random() < 0.25:
            row = sheet.add("" if place.prefecture == above else place.prefecture, place.name)
            rows.append((row, place.code5))
            above = place.prefecture
    return sheet, rows


def council_notice(region: Region, chance: Random) -> Notice:
    """Return the public notice of the regional councils of a prefecture, a constituent a row."""
    notice = Notice(Sheet("公示"))
    notice.sheet.add("協議会の名称", "設置日", "孤独・孤立対策調整機関", "構成機関等の名称", "都道府県", "市区町村名")
    bodies: dict[Municipality, list[Organization]] = {}
    for body in region.organizations:
        if body.corporate_number is not None:
            bodies.setdefault(body.place, []).append(body)
    for place, found in bodies.items():
        if len(found) < 3 or place.kind == "village" or chance.random() > 0.2:
            continue
        name, id = f"架空{place.name}孤独・孤立対策地域協議会", f"kakuu-council-{place.code5}"
        first = True
        for body in chance.sample(found, min(len(found), 5)):
            head = (name, "令和6年10月1日", f"{place.prefecture}{place.name}") if first else ("", "", "")
            text = mess.official_name(body)
            row = notice.sheet.add(*head, text, place.prefecture, place.name)
            if first:
                notice.councils.append((row, id, name, place.code5, place.code5))
            notice.members.append((Statement(row, "member", text, body), id))
            first = False
    return notice
