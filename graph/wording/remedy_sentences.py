"""Why somebody could fill a gap, and what a plan of extensions does, in plain Japanese and English."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tsunagari.errors import Message
from tsunagari.graph.wording.sentences import STATUS_LABELS, names_phrase


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why an organisation is a candidate for a municipality.

    Parameters
    ----------
    works, wide, partnership
        Whether it is in the municipality already, covers it from a wider area, is in a municipality of its partnership.
    platform
        Name of a platform in which it meets bodies of the municipality; empty for none.
    hops
        Steps to the nearest body there; None where no path is known.
    distance
        Distance in km; None where it is not known.
    prefecture
        Whether it is based in the same prefecture.
    planned
        Whether it plans to offer the field there.
    """

    works: bool = False
    wide: bool = False
    partnership: bool = False
    platform: str = ""
    hops: int | None = None
    distance: float | None = None
    prefecture: bool = False
    planned: bool = False


def reasons_phrase(area: str, grounds: Grounds, *, lang: str = "ja") -> str:
    """Say why an organisation is a candidate, the strongest reason first.

    Examples
    --------
    >>> reasons_phrase("八頭町", Grounds(partnership=True, hops=1, distance=12.34))
    '同じ圏域の市町村で活動、八頭町の団体と直接つながりがある、約12km'
    >>> reasons_phrase("Yazu", Grounds(platform="Forum", hops=2, prefecture=True), lang="en")
    'in Forum with bodies of Yazu, same prefecture'
    """
    parts: list[Message] = []
    if grounds.planned:
        parts.append(Message(f"{area}での実施を予定・検討中", f"plans to offer it in {area}"))
    if grounds.works:
        parts.append(Message(f"{area}ですでに活動", f"in {area} already"))
    if grounds.wide:
        parts.append(Message(f"広域で{area}も対象にしている", f"covers {area} from a wider area"))
    if grounds.partnership:
        parts.append(Message("同じ圏域の市町村で活動", "in a municipality of the same partnership"))
    if grounds.platform:
        parts.append(Message(f"{grounds.platform}で{area}の団体と一緒", f"in {grounds.platform} with bodies of {area}"))
    if grounds.hops == 1:
        parts.append(Message(f"{area}の団体と直接つながりがある", f"tied to a body of {area}"))
    elif grounds.hops and not (grounds.platform and grounds.hops == 2):  # the platform says it
        parts.append(Message(f"{area}の団体まで{grounds.hops}歩", f"{grounds.hops} steps from a body there"))
    if grounds.distance is not None and not grounds.works:
        parts.append(Message(f"約{grounds.distance:.0f}km", f"about {grounds.distance:.0f} km away"))
    elif grounds.prefecture and not grounds.works:
        parts.append(Message("同じ都道府県", "same prefecture"))
    if not parts:
        parts.append(Message("ほかの地域の担い手（つながりの記載なし）", "offers it elsewhere; no connection is known"))
    return ("、" if lang != "en" else ", ").join(part.text(lang) for part in parts)


def remedy_sentence(
    area: str, field: str, status: str, candidate: str, reasons: str, *, broker: str = "", lang: str = "ja"
) -> str:
    """Say who could fill a gap, why, and whom to ask; or that nobody is known who could.

    Parameters
    ----------
    area, field
        Names of the municipality and of the field.
    status
        Status of the cell, a key of `STATUS_LABELS`.
    candidate
        Name of the organisation; empty when there is none.
    reasons
        As `reasons_phrase` gives them.
    broker
        Name of the body on the path that knows the candidate; empty when there is none.
    lang
        ``"ja"`` or ``"en"``.

    Examples
    --------
    >>> remedy_sentence("八頭町", "食支援", "none", "架空の会", "同じ都道府県", broker="架空の場")
    '八頭町の「食支援」（確認済みゼロ）は、架空の会が候補です（同じ都道府県）。仲介は架空の場に頼めます。'
    >>> remedy_sentence("Yazu", "food", "unknown", "", "", lang="en")
    'Food in Yazu (not known): the graph names no organisation that could offer it.'
    """
    label = STATUS_LABELS[status].text(lang)
    if not candidate:
        return Message(
            f"{area}の「{field}」（{label}）は、候補になる団体がグラフにありません。",
            f"{field[:1].upper()}{field[1:]} in {area} ({label}): the graph names no organisation that could offer it.",
        ).text(lang)
    ask = Message(f"仲介は{broker}に頼めます。", f" Ask {broker} to introduce it.").text(lang) if broker else ""
    return (
        Message(
            f"{area}の「{field}」（{label}）は、{candidate}が候補です（{reasons}）。",
            f"{candidate} could offer {field} in {area} ({label}): {reasons}.",
        ).text(lang)
        + ask
    )


def extension_sentence(organization: str, field: str, areas: Sequence[str], *, share: float, lang: str = "ja") -> str:
    """Say what one step of a plan is, and how much all steps so far close.

    Parameters
    ----------
    organization, field
        Who takes which field there.
    areas
        Names of the municipalities.
    share
        Share of the weighted gaps that this and the steps before close, from 0 to 1.
    lang
        ``"ja"`` or ``"en"``.

    Examples
    --------
    >>> extension_sentence("架空の会", "食支援", ["八頭町", "岩美町"], share=0.125)
    '架空の会が「食支援」を八頭町、岩美町へ広げると、ここまでで空白（重みつき）の12.5%に担い手が増えます。'
    """
    where = names_phrase(areas, lang, most=5)
    percent = f"{share:.1%}" if share >= 0.001 else f"{share:.3%}"
    return Message(
        f"{organization}が「{field}」を{where}へ広げると、ここまでで空白（重みつき）の{percent}に担い手が増えます。",
        f"If {organization} takes {field} to {where}, {percent} of the weighted gaps have gained a provider so far.",
    ).text(lang)
