"""Plain sentences made from the numbers of a row, in Japanese and English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from tsunagari.errors import Message
from tsunagari.graph.wording.chance_sentences import paths_beside_chance
from tsunagari.graph.wording.error_sentences import falls_apart, place_among

STATUS_LABELS: Mapping[str, Message] = MappingProxyType(
    {
        "multiple": Message("2団体以上", "two or more"),
        "single": Message("1団体のみ", "only one"),
        "wide_only": Message("広域のみ", "wider area only"),
        "none": Message("確認済みゼロ", "confirmed none"),
        "unknown": Message("未調査", "not known"),
        "withheld": Message("非公表", "not published"),
    }
)

ROLE_LABELS: Mapping[str, Message] = MappingProxyType(
    {
        "coordinator": Message("同じ区分の中の調整役", "coordinator within its own group"),
        "itinerant": Message("よその区分の中をつなぐ外部の仲介役", "outside go-between for another group"),
        "representative": Message("自分の区分を外へつなぐ代表役", "representative of its own group"),
        "gatekeeper": Message("外から自分の区分への入口役", "gatekeeper of its own group"),
        "liaison": Message("異なる区分どうしの連絡役", "liaison between different groups"),
    }
)


def names_phrase(names: Sequence[str], lang: str = "ja", *, most: int = 3, unit: str = "") -> str:
    """Return the first names and how many more there are, in Japanese with what is counted; empty for no name.

    Examples
    --------
    >>> names_phrase(["A", "B", "C", "D"]), names_phrase(["A", "B"], "en")
    ('A、B、Cほか1', 'A and B')
    """
    shown, more = list(names[:most]), len(names) - most
    if lang != "en":
        return "、".join(shown) + (f"ほか{more}{unit}" if more > 0 else "")
    if more > 0:
        return ", ".join(shown) + f" and {more} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def gap_sentence(
    status: str,
    area: str,
    field: str,
    *,
    local: Sequence[str] = (),
    wide: Sequence[str] = (),
    planned: int = 0,
    partnership: int = 0,
    connected: bool = False,
    closed_list: str = "",
    ground: str = "services",
    lang: str = "ja",
) -> str:
    """Say what the status of one municipality and field means.

    Parameters
    ----------
    status
        A key of `STATUS_LABELS`.
    area, field
        Names of the municipality and of the field.
    local, wide
        Names of those who offer support there, and of those who offer it for a wider area.
    planned
        Number of bodies that only plan to.
    partnership
        Number of bodies that offer it in another municipality of the same partnership.
    connected
        Whether a provider is a member of a platform that reaches the area.
    closed_list
        Name of the complete list that confirms an absence.
    ground
        What that list is: ``"survey"``, ``"services"`` or ``"members"``. Nobody among the members of a platform is
        less than nobody in the area, so the sentence says which it is.
    lang
        ``"ja"`` or ``"en"``.

    Examples
    --------
    >>> gap_sentence("single", "八頭町", "食支援", local=["架空の会"], connected=True)
    '八頭町の「食支援」を担うのは架空の会だけです。'
    >>> gap_sentence("unknown", "Yazu", "food", planned=1, lang="en")
    'No source says who offers food in Yazu, and no complete list covers it: not known. 1 body plans to.'
    """
    if status == "withheld":
        return Message(
            f"{area}の「{field}」は、公表しない団体が関わるため、状況を示しません（非公表）。",
            f"The status of {field} in {area} hangs on bodies that are not named: not published.",
        ).text(lang)
    absence = _absence(area, field, closed_list, ground)
    parts = [_state(status, area, field, local, wide, absence).text(lang)]
    if status in ("multiple", "single", "wide_only") and not connected:
        parts.append(
            Message(
                "この地域に届くプラットフォームには参加していません。",
                "No provider is in a platform that reaches it."
                if len(local) + len(wide) > 1
                else "It is in no platform that reaches the area.",
            ).text(lang)
        )
    if planned:
        plans = "1 body plans to." if planned == 1 else f"{planned} bodies plan to."
        parts.append(Message(f"予定・検討中が{planned}団体あります。", plans).text(lang))
    if partnership and status not in ("multiple", "single"):
        parts.append(
            Message(
                f"同じ圏域のほかの市町村では{partnership}団体が担っています。",
                f"In other municipalities of its partnership {partnership} {'does' if partnership == 1 else 'do'}.",
            ).text(lang)
        )
    return ("" if lang != "en" else " ").join(parts)


def _state(status: str, area: str, field: str, local: Sequence[str], wide: Sequence[str], absence: Message) -> Message:
    match status:
        case "multiple":
            return Message(
                f"{area}の「{field}」は{names_phrase(local)}の{len(local)}団体が担っています。",
                f"{len(local)} bodies offer {field} in {area}: {names_phrase(local, 'en')}.",
            )
        case "single":
            return Message(
                f"{area}の「{field}」を担うのは{local[0]}だけです。", f"Only {local[0]} offers {field} in {area}."
            )
        case "wide_only":
            only = f"{names_phrase(wide, 'en')} {'covers' if len(wide) == 1 else 'cover'}"
            return Message(
                f"{area}の「{field}」に地元の担い手はなく、広域で担う{names_phrase(wide)}だけが対象としています。",
                f"Nobody in {area} itself offers {field}; only {only} it from a wider area.",
            )
        case "none":
            return absence
        case _:
            return Message(
                f"{area}の「{field}」は、担い手の記載も、いないことを示す完全な一覧もなく、未調査です。",
                f"No source says who offers {field} in {area}, and no complete list covers it: not known.",
            )


def _absence(area: str, field: str, closed_list: str, ground: str) -> Message:
    match ground:
        case "members":
            return Message(
                f"{area}の「{field}」は、全構成団体の名簿（{closed_list}）に担い手がありません。"
                "構成団体でない担い手がいる可能性は残ります。",
                f"No member of the complete list of members ({closed_list}) offers {field} in {area};"
                " somebody who is no member may.",
            )
        case "survey":
            return Message(
                f"{area}の「{field}」は、担い手がいないことを{closed_list}で確認済みです。",
                f"Nobody offers {field} in {area}; a survey confirms it: {closed_list}.",
            )
        case _:
            return Message(
                f"{area}の「{field}」は、担い手がいないことを、支援サービスの全件一覧である{closed_list}で確認済みです。",
                f"Nobody offers {field} in {area}; the complete list of services confirms it: {closed_list}.",
            )


def need_sentence(need: str, missing: Sequence[str], stand_in: float | None, *, lang: str = "ja") -> str:
    """Say what the need is, and what stands in where it is not known.

    Parameters
    ----------
    need
        Name of the indicator.
    missing
        Names of the municipalities without a value.
    stand_in
        What stands in for them; None when no municipality has a value.
    lang
        ``"ja"`` or ``"en"``.

    Examples
    --------
    >>> need_sentence("総人口（2020-10-01）", ["八頭町"], 3000.0)
    'ここでの必要度は総人口（2020-10-01）。値のない1市区町村（八頭町）には中央値 3,000 を当てました。'
    """
    parts = [Message(f"ここでの必要度は{need}。", f"Need here is: {need}.").text(lang)]
    if stand_in is None:
        parts.append(
            Message(
                "この範囲の市区町村には値がないため、全て 1 としました。",
                "No municipality of the scope has a value, so it is 1 everywhere.",
            ).text(lang)
        )
    elif missing:
        parts.append(
            Message(
                f"値のない{len(missing):,}市区町村（{names_phrase(missing)}）には中央値 {stand_in:,g} を当てました。",
                f"For {names_phrase(missing, 'en')}, without a value, the median {stand_in:,g} stands in.",
            ).text(lang)
        )
    return ("" if lang != "en" else " ").join(parts)


def settle_phrase(area: str, field: str, platforms: Sequence[str] = (), *, lang: str = "ja") -> str:
    """Name the lists that would turn an unknown cell into a known one.

    Parameters
    ----------
    area, field
        Names of the municipality and of the field.
    platforms
        Names of the platforms that reach the municipality and whose list of members is open.
    lang
        ``"ja"`` or ``"en"``.

    Examples
    --------
    >>> settle_phrase("香美町", "子育て")
    '香美町の「子育て」の支援サービス一覧（kind = "services"、closed = true）'
    """
    services = Message(
        f'{area}の「{field}」の支援サービス一覧（kind = "services"、closed = true）',
        f'the list of support services for {field} in {area} (kind = "services", closed = true)',
    ).text(lang)
    if not platforms:
        return services
    members = Message(
        f'{names_phrase(platforms)}の会員名簿（全会員の活動分野つき、kind = "members"、closed = true）',
        f"the list of members of {names_phrase(platforms, 'en')} with the fields of each"
        ' (kind = "members", closed = true)',
    ).text(lang)
    return Message(f"{members}または{services}", f"{members} or {services}").text(lang)


def broker_sentence(
    name: str,
    *,
    contacts: int,
    groups: Sequence[str],
    roles: Mapping[str, int],
    parts: int = 1,
    only: Sequence[str] = (),
    chance: Mapping[Any, Any] | None = None,
    null: str = "",
    place: tuple[int, int] | None = None,
    errors: Message | None = None,
    cut_draws: tuple[int, int] = (0, 0),
    lang: str = "ja",
) -> str:
    """Say what makes a body a broker, or that it is none.

    Parameters
    ----------
    name
        Name of the body.
    contacts
        Number of bodies it is tied to.
    groups
        Names of the groups its contacts belong to.
    roles
        Number of open two-paths it stands on, by role.
    parts
        Into how many parts its contacts fall without it.
    only
        The two groups that nobody else connects, if there are such.
    chance, null
        ``brokerage``, ``null_brokerage``, ``p_brokerage``, ``q_brokerage`` and ``draws``, and the null whose random
        networks gave them; nothing is said of chance without.
    place
        Best and worst rank that it may have when records are wrong; None where the data do not tell it a place.
    errors
        How wrong they are taken to be, see `tsunagari.graph.wording.errors_phrase`; None says nothing of it.
    cut_draws
        In how many draws of such records it is a cut point, and how many draws there are.
    lang
        ``"ja"`` or ``"en"``.

    Examples
    --------
    >>> broker_sentence("架空の会", contacts=0, groups=[], roles={})
    '架空の会には、ほかの団体とのつながりの記載がありません。'
    """
    if not contacts:
        return Message(
            f"{name}には、ほかの団体とのつながりの記載がありません。", f"No source says whom {name} is tied to."
        ).text(lang)
    sentences = [_contacts(name, contacts, groups, only)]
    paths = sum(roles.values())
    if paths:
        role = ROLE_LABELS[max(roles, key=lambda key: roles[key])]
        ways = "1 way" if paths == 1 else f"{paths:,} ways"
        sentences.append(
            Message(
                f"互いに直接つながっていない団体の間を{paths:,}通り取り持ち、主に{role.ja}です。",
                f"It links bodies that are not tied to each other in {ways}, mostly as {role.en}.",
            )
        )
        if chance is not None and null:
            sentences.append(paths_beside_chance(chance, null))
    else:
        sentences.append(
            Message(
                "つながる相手どうしを取り持つ位置にはありません。", "It does not stand between any two of its contacts."
            )
        )
    if paths and errors is not None:
        sentences.append(place_among(place, errors))
    if parts > 1:
        sentences.append(falls_apart(parts, errors, cut_draws))
    return ("" if lang != "en" else " ").join(sentence.text(lang) for sentence in sentences)


def _contacts(name: str, contacts: int, groups: Sequence[str], only: Sequence[str]) -> Message:
    bodies = "1 body" if contacts == 1 else f"{contacts:,} bodies"
    if only:
        return Message(
            f"{name}は、わかっているつながりの中で{only[0]}と{only[1]}をつなぐ唯一の団体で、"
            f"{names_phrase(groups, unit='区分')}の{contacts:,}団体とつながっています。",
            f"{name} is the only body known to link {only[0]} and {only[1]}, and is tied to {bodies} "
            f"({names_phrase(groups, 'en')}).",
        )
    return Message(
        f"{name}は{names_phrase(groups, unit='区分')}の{contacts:,}団体とつながっています。",
        f"{name} is tied to {bodies} ({names_phrase(groups, 'en')}).",
    )
