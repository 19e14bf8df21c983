from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tsunagari.loaders.session.load import load_workspace

Write = Callable[..., Path]
PLATFORMS = "ID,プラットフォーム名\npf,架空プラットフォーム\n"
MEMBERS = "団体名,PF,市区町村\n架空の会,pf,鳥取市\n空想の集い,pf,鳥取市\nNPO法人夢想の輪,pf,米子市\n"
SERVICES = "サービス名,提供団体,分野,対象地域\n架空の窓口,{},子育て,鳥取市\n"


def asked(folder: Path) -> list[tuple[str | None, str | None, tuple[str, ...]]]:
    issues = load_workspace(folder).issues
    return [(issue.file, issue.value, issue.candidates) for issue in issues if issue.code == "several-bodies"]


@pytest.mark.parametrize("sign", ["・", " ", "　", "と", "及び", "＆", "、", "／"])
@pytest.mark.parametrize("names", [("架空の会", "空想の集い"), ("夢想の輪", "空想の集い"), ("空想の集い", "鳥取市")])
def test_a_name_whose_parts_other_lists_know_is_a_question(
    write_workspace: Write, sign: str, names: tuple[str, str]
) -> None:
    name = sign.join(names)
    folder = write_workspace(platforms=PLATFORMS, members=MEMBERS, services=SERVICES.format(name))
    assert asked(folder) == [("services.csv", name, names)]


@pytest.mark.parametrize("name", ["架空の会・謎たち", "謎たち・無名の輪", "架空の会", "子ども・若者の集い"])
def test_a_name_with_a_part_that_nobody_knows_is_one_name(write_workspace: Write, name: str) -> None:
    folder = write_workspace(platforms=PLATFORMS, members=MEMBERS, services=SERVICES.format(name))
    assert asked(folder) == []


def test_the_order_of_the_lists_does_not_matter_and_each_list_is_asked_once(write_workspace: Write) -> None:
    rows = "".join(f"窓口{number},架空の会・空想の集い,子育て,鳥取市\n" for number in range(9))
    services = "サービス名,提供団体,分野,対象地域\n" + rows
    first = write_workspace(services=services, members=MEMBERS, platforms=PLATFORMS)
    assert len(asked(first)) == 1
