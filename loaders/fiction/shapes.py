"""Who works with whom as a square sheet, and facilities as the open data of municipalities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tsunagari.loaders.fiction import mess
from tsunagari.loaders.fiction.country import Region, Service, Tie
from tsunagari.loaders.fiction.files import Cell, Sheet
from tsunagari.loaders.fiction.lists import Statement, write_listed_name
from tsunagari.loaders.fiction.sheets import Office

_LARGEST = 12
_LEAST = 3
_FACILITY_HEADER = (
    *("都道府県コード又は市区町村コード", "NO", "都道府県名", "市区町村名", "介護サービス事業所名称"),
    *("介護サービス事業所名称_カナ", "実施サービス", "住所", "方書", "緯度", "経度", "電話番号", "内線番号"),
    *("FAX番号", "法人番号", "法人の名称", "事業所番号", "利用可能曜日", "利用可能曜日特記事項", "定員", "URL", "備考"),
)
_CARE = ("訪問介護", "通所介護", "居宅介護支援", "小規模多機能型居宅介護")


def ties_for_square(ties: Sequence[Tie]) -> list[Tie]:
    """Return the ties that one would draw as a square: without direction, of one kind, between the best known bodies.

    Empty when too few of them know each other.
    """
    best: list[Tie] = []
    for kind in dict.fromkeys(tie.kind for tie in ties if not tie.directed):
        fitting = [tie for tie in ties if tie.kind == kind]
        degrees = Counter(body.id for tie in fitting for body in (tie.one, tie.other))
        known = {id for id, _ in degrees.most_common(_LARGEST)}
        within = [tie for tie in fitting if tie.one.id in known and tie.other.id in known]
        best = max(best, within, key=len)
    return best if len(best) >= _LEAST else []


def square(region: Region, ties: Sequence[Tie], office: Office) -> tuple[Sheet, list[Statement]]:
    """Return ties as a square, each in both halves; a tie is stated in the row that comes first."""
    bodies = sorted({body for tie in ties for body in (tie.one, tie.other)}, key=lambda body: body.id)
    names = {body.id: write_listed_name(body, office) for body in bodies}
    known = {frozenset((tie.one.id, tie.other.id)): tie for tie in ties}
    sheet = Sheet("関係の表")
    sheet.add(f"架空{region.prefecture.name} {mess.label_of('tie-kind', ties[0].kind)}の状況")
    sheet.add("", *names.values())
    statements = []
    for place, body in enumerate(bodies):
        found = [known.get(frozenset((body.id, other.id))) if other is not body else None for other in bodies]
        row = sheet.add(names[body.id], *(_strength(tie) for tie in found))
        for other, tie in zip(bodies[place:], found[place:], strict=True):
            if tie is not None:
                statements.append(Statement(row, "tie_from", names[body.id], body, tie.id))
                statements.append(Statement(row, "tie_to", names[other.id], other, tie.id))
    return sheet, statements


def is_facility(service: Service) -> bool:
    """Tell whether a municipality would list a service among the care services of its open data."""
    is_local = service.area is service.provider.place and service.status == "stated"
    return is_local and service.field == "elder-care" and service.provider.corporate_number is not None


def facility_list(services: Sequence[Service], office: Office) -> tuple[Sheet, list[Statement]]:
    """Return care services in the recommended dataset of the old family."""
    sheet = Sheet("介護サービス事業所一覧")
    sheet.add(*_FACILITY_HEADER)
    statements = []
    for number, fact in enumerate(services, start=1):
        place = fact.provider.place
        name = write_listed_name(fact.provider, office, is_placed=True)
        cells: dict[str, Cell] = {
            "都道府県コード又は市区町村コード": place.code6,
            "NO": number,
            "都道府県名": place.prefecture,
            "市区町村名": place.name,
            "介護サービス事業所名称": fact.name,
            "実施サービス": office.chance.choice(_CARE),
            "住所": f"{place.full_name}架空町{office.chance.randrange(1, 30)}番地",
            "法人番号": mess.write_number(fact.provider, office.chance, office.rate, share=0.7),
            "法人の名称": name,
        }
        row = sheet.add(*(cells.get(header, "") for header in _FACILITY_HEADER))
        statements.append(Statement(row, "provided_by", name, fact.provider, fact.id))
    return sheet, statements


def _strength(tie: Tie | None) -> Cell:
    return tie.strength if tie is not None else ""
