"""The manifest of a public edition: beside every file that is published, what was removed from it and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tsunagari.atomic_files import write_output
from tsunagari.cli.shell.output import is_stdout
from tsunagari.cli.shell.tables import markdown_text
from tsunagari.cli.shell.terminal import say
from tsunagari.errors import Message
from tsunagari.graph.wording import heading

if TYPE_CHECKING:
    from tsunagari.cli.shell.options import Settings
    from tsunagari.graph.knowledge import KnowledgeGraph

SUFFIXES = (".removed.md", ".removed.xlsx")
_TITLE = Message("公開用で除いたもの", "What the public edition leaves out")
_SAID = Message(
    "{title}（{day} 時点）。示すもの: {allowed}。数だけを示し、除いたもの自体は書きません。",
    "{title}, as of {day}. Shown: {allowed}. Only counts are given, nothing of what was removed.",
)


def say_removed(public: KnowledgeGraph, chosen: Settings) -> None:
    """Say how many members were left out, and what to do where nobody was asked."""
    counts = public.removed().set_index("rule")["count"]
    rows, silent = int(counts[["refused", "blank", "unasked"]].sum()), int(counts[["blank", "unasked"]].sum())
    said = Message(
        f"公開用: 公開に同意していない {rows:,} 行と、{int(counts['bodies']):,} 団体を除きました。",
        f"Public edition: {rows:,} rows and {int(counts['bodies']):,} bodies without consent were left out.",
    )
    say(said, chosen)
    if counts["doubtful"]:
        doubt = Message(
            f"ほかに {int(counts['doubtful']):,} 団体は、公開しない団体と同じかもしれないので除きました。別の団体なら "
            "`tsunagari match reject` で判断し、build し直してください。",
            f"{int(counts['doubtful']):,} more were left out because they may be one of these; where they are not, "
            "decide so with `tsunagari match reject` and build again.",
        )
        say(doubt, chosen)
    if silent and not len(public.memberships):
        hint = Message(
            "公開可否の空欄と、その列のない名簿は、同意とみなしません。同意があるなら、列を埋めるか、tsunagari.toml に "
            '[public] blank = "publish" と書いてください。',
            "A blank cell for publication (公開可否), or a list without that column, is no consent. If there is, "
            'fill in the column, or write blank = "publish" under [public] in tsunagari.toml.',
        )
        say(hint, chosen)


def write_manifest(public: KnowledgeGraph, chosen: Settings) -> None:
    """Write the manifest beside the file or folder of the output, as Markdown and as Excel.

    Raises
    ------
    OutputError
        It cannot be written.
    """
    if is_stdout(chosen.output) or chosen.output is None or not Path(chosen.output).exists():
        return
    from tsunagari.viz.excel.table_workbook import table_workbook

    target = Path(chosen.output)
    text = manifest_text(public, chosen.lang).encode()
    book = table_workbook(public.removed(chosen.lang), lang=chosen.lang)
    names = [f"{target.name}{suffix}" for suffix in SUFFIXES]
    for name, data in zip(names, (text, book), strict=True):
        write_output(target.with_name(name), data)
    say(Message(f"除いたものの一覧: {'、'.join(names)}", f"What was removed: {', '.join(names)}"), chosen)


def manifest_text(public: KnowledgeGraph, lang: str) -> str:
    """Return the manifest as Markdown."""
    table = public.removed(lang)
    heads = [heading(str(name), lang, "removed") for name in table.columns]
    rows = table.astype(object).to_numpy().tolist()
    allowed = ("、" if lang == "ja" else ", ").join(table.attrs["allowed"]) or "－"
    said = _SAID.text(lang).format(title=public.title, day=public.as_of, allowed=allowed)
    return f"# {_TITLE.text(lang)}\n\n{said}\n\n{markdown_text(heads, rows, lang)}"
