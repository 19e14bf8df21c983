"""What would be lost without an organisation, in plain Japanese and English."""

from __future__ import annotations

from collections.abc import Sequence

from tsunagari.errors import Message
from tsunagari.graph.wording.sentences import names_phrase


def loss_sentence(
    name: str,
    *,
    nobody: Sequence[str] = (),
    wide_only: int = 0,
    single: int = 0,
    parts: int = 1,
    cut_off: int = 0,
    platforms: Sequence[str] = (),
    left: Sequence[str] = (),
    dependents: int = 0,
    lang: str = "ja",
) -> str:
    """Say what falls away without an organisation, the worst first; or that nothing does.

    Parameters
    ----------
    name
        Name of the organisation.
    nobody
        Names of the cells (municipality and field) that nobody would support any more.
    wide_only, single
        Number of cells that would be covered from a wider area only, and by one organisation only.
    parts, cut_off
        Into how many parts its part of the network falls, and how many organisations are cut off from the largest.
    platforms
        Names of the platforms whose members fall apart.
    left, dependents
        Names of those who would be the only remaining connection of others, and of how many.
    lang
        ``"ja"`` or ``"en"``.

    Examples
    --------
    >>> loss_sentence("架空の会", nobody=["八頭町の食支援"], parts=3, cut_off=4)
    '架空の会がなくなると、八頭町の食支援の担い手がいなくなります。つながりが3つに分かれ、4団体が切り離されます。'
    >>> loss_sentence("Group", single=2, left=["A"], dependents=1, lang="en")
    'Without Group, 2 cells hang on a single body. 1 body has only one connection left (A).'
    >>> loss_sentence("架空の会")
    '架空の会がなくなっても、担い手のいなくなる地域・分野も、切れるつながりもありません。'
    """
    found = [*_support(nobody, wide_only, single), *_network(parts, cut_off, platforms, left, dependents)]
    if not found:
        return Message(
            f"{name}がなくなっても、担い手のいなくなる地域・分野も、切れるつながりもありません。",
            f"Without {name} no cell loses its last provider and no connection breaks.",
        ).text(lang)
    if lang != "en":
        return f"{name}がなくなると、" + "".join(f"{part.ja}。" for part in found)
    first, *others = (part.en for part in found)
    return " ".join([f"Without {name}, {first}.", *(f"{text[:1].upper()}{text[1:]}." for text in others)])


def _support(nobody: Sequence[str], wide_only: int, single: int) -> list[Message]:
    found = []
    if nobody:
        found.append(
            Message(
                f"{names_phrase(nobody)}の担い手がいなくなります", f"nobody is left for {names_phrase(nobody, 'en')}"
            )
        )
    if wide_only:
        found.append(
            Message(f"{wide_only}件が広域の担い手だけになります", f"{_are(wide_only)} covered from a wider area only")
        )
    if single:
        found.append(Message(f"{single}件が1団体だけになります", f"{_hang(single)} on a single body"))
    return found


def _are(number: int) -> str:
    return "1 cell is" if number == 1 else f"{number:,} cells are"


def _hang(number: int) -> str:
    return "1 cell hangs" if number == 1 else f"{number:,} cells hang"


def _network(parts: int, cut_off: int, platforms: Sequence[str], left: Sequence[str], dependents: int) -> list[Message]:
    found = []
    if parts > 1:
        bodies = "1 body is" if cut_off == 1 else f"{cut_off:,} bodies are"
        found.append(
            Message(
                f"つながりが{parts}つに分かれ、{cut_off:,}団体が切り離されます",
                f"the network falls into {parts} parts and {bodies} cut off",
            )
        )
    if platforms:
        found.append(
            Message(
                f"{names_phrase(platforms)}の会員どうしのつながりが分かれます",
                f"the ties between the members of {names_phrase(platforms, 'en')} fall apart",
            )
        )
    if left:
        others = "1 body has" if dependents == 1 else f"{dependents:,} bodies have"
        found.append(
            Message(
                f"{dependents:,}者にとって{names_phrase(left)}が唯一のつながりになります",
                f"{others} only one connection left ({names_phrase(left, 'en')})",
            )
        )
    return found
