"""What is really so, beside the lists: which organisation each row means and which fact it states."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from tsunagari.loaders.fiction.country import Membership, Organization, Region, Service, Tie
from tsunagari.loaders.fiction.mess import official_name
from tsunagari.loaders.fiction.statistics import EVERY, Need, Survey

FOLDER = "truth"
_TABLES: dict[str, Sequence[str]] = {
    "organizations": (
        *("id", "name", "reading", "legal_form", "corporate_number", "municipality"),
        *("sector", "fields", "parent", "is_broker"),
    ),
    "platforms": ("id", "name", "scope_level", "reach"),
    "memberships": ("id", "organization", "platform", "member_class", "joined", "left"),
    "services": (
        *("id", "name", "provider", "field", "area", "target_group"),
        *("life_stage", "channel", "status", "since"),
    ),
    "ties": ("id", "tie_from", "tie_to", "tie_kind", "directed", "strength", "since", "basis"),
    "needs": ("municipality", "indicator", "value"),
    "surveys": ("id", "municipality", "field", "day", "found", "file", "row"),
    "unnamed": ("file", "row", "name", "municipality"),
    "participation": ("municipality", "programme", "fiscal_year", "file", "row"),
    "councils": ("id", "name", "municipality", "coordinator", "file", "row"),
    "mentions": ("file", "sheet", "row", "column", "text", "organization", "fact"),
}


class Truth:
    """The tables of the truth, written as the country is made.

    Parameters
    ----------
    folder
        Where they go.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        # open until the whole country is written
        self._files = {name: (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") for name in _TABLES}
        self._writers = {name: csv.writer(file, lineterminator="\n") for name, file in self._files.items()}
        for name, header in _TABLES.items():
            self._writers[name].writerow(header)

    def __enter__(self) -> Truth:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in self._files.values():
            file.close()

    def mention(
        self, file: str, sheet: str | None, row: int, column: str, text: str, body: Organization, fact: str = ""
    ) -> None:
        """Note that a row speaks of an organisation, and which fact it states of it."""
        body.mentions += 1
        self._writers["mentions"].writerow((file, sheet or "", row, column, text, body.id, fact))

    def region(self, region: Region, national: Sequence[Membership]) -> None:
        """Write what is so in a prefecture."""
        self._writers["organizations"].writerows(map(_organization, region.organizations))
        self._writers["memberships"].writerows(map(_membership, (*region.memberships, *national)))
        self._writers["services"].writerows(map(_service, region.services))
        self._writers["ties"].writerows(map(_tie, region.ties))

    def membership(self, id: str, body: Organization, platform: str, member_class: str) -> None:
        """Write a membership that another table than those of the region states."""
        self._writers["memberships"].writerow((id, body.id, platform, member_class, "", ""))

    def platform(self, id: str, name: str, level: str, reach: str) -> None:
        """Write a platform."""
        self._writers["platforms"].writerow((id, name, level, reach))

    def needs(self, needs: Sequence[Need]) -> None:
        """Write the indicators of the municipalities."""
        for need in needs:
            values = zip(EVERY, need.values, strict=True)
            self._writers["needs"].writerows((need.place.code5, name, value) for name, value in values)

    def unnamed(self, file: str, rows: Sequence[tuple[int, str, str]]) -> None:
        """Write the facilities whose operator no row names: row, name and municipality."""
        self._writers["unnamed"].writerows((file, *row) for row in rows)

    def participation(self, file: str, year: int, rows: Sequence[tuple[int, str]]) -> None:
        """Write the municipalities that take part in the programme of multi-layered support: row and municipality."""
        programme = "重層的支援体制整備事業"
        self._writers["participation"].writerows((code, programme, year, file, row) for row, code in rows)

    def councils(self, file: str, rows: Sequence[tuple[int, str, str, str, str]]) -> None:
        """Write the regional councils: row, id, name, municipality and coordinating body."""
        self._writers["councils"].writerows((*row[1:], file, row[0]) for row in rows)

    def surveys(self, file: str, surveys: Sequence[Survey], rows: Sequence[int]) -> None:
        """Write the surveys and where they are stated."""
        for survey, row in zip(surveys, rows, strict=True):
            found = str(survey.found).lower()
            line = (survey.id, survey.place.code5, survey.field, survey.day, found, file, row)
            self._writers["surveys"].writerow(line)


def _organization(body: Organization) -> Sequence[object]:
    name, parent = body.name, body.parent
    return (
        *(body.id, official_name(body), name.reading, name.form or "", body.corporate_number or "", body.place.code5),
        *(name.sector, "、".join(body.fields), parent.id if parent else "", str(body.is_broker).lower()),
    )


def _membership(fact: Membership) -> Sequence[object]:
    return fact.id, fact.organization.id, fact.platform.id, fact.member_class, fact.joined or "", fact.left or ""


def _service(fact: Service) -> Sequence[object]:
    area = fact.area.code5 if fact.area else "00000"
    return (
        *(fact.id, fact.name, fact.provider.id, fact.field, area, fact.target or ""),
        *(fact.life_stage or "", fact.channel or "", fact.status, fact.since),
    )


def _tie(fact: Tie) -> Sequence[object]:
    directed = str(fact.directed).lower()
    return fact.id, fact.one.id, fact.other.id, fact.kind, directed, fact.strength, fact.since, fact.basis
