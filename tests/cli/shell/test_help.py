"""What a newcomer meets first: help, in both languages, quickly."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tsunagari.cli import cli
from tsunagari.cli.shell.catalogue import COMMANDS

ROOT = Path(__file__).parents[3]
HEAVY = ("pandas", "rdflib", "pyoxigraph", "networkx", "scipy", "numpy", "rich", "xlsxwriter", "rustworkx")


def invoke(*args: str) -> str:
    result = CliRunner().invoke(cli, args)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_command_explains_itself(name: str, lang: str) -> None:
    text = invoke(name, "--help", "--lang", lang)
    summary = COMMANDS[name].text(lang)
    assert "".join(summary.split()) in "".join(text.split())
    assert text.startswith("使い方: " if lang == "ja" else "Usage: ")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_option_is_explained(lang: str) -> None:
    root = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(root, name)
        assert command is not None
        for parameter in command.params:
            if isinstance(parameter, click.Option) and parameter.name != "help":
                assert parameter.text.text(lang), f"{name} {parameter.name}"  # type: ignore[attr-defined]


def test_the_root_lists_every_command_in_both_languages() -> None:
    for lang in ("ja", "en"):
        text = "".join(invoke("--lang", lang, "--help").split())
        for name, entry in COMMANDS.items():
            assert name + "".join(entry.text(lang).split()) in text


def test_no_command_at_all_shows_the_help() -> None:
    assert invoke("--lang", "en").startswith("Usage: ")


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom tsunagari.cli import cli\n"
        "try:\n    cli.main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stderr.strip() == "[]"


def test_wrong_use_ends_with_2_and_says_what_in_the_language() -> None:
    cases = (
        (["gaps", "--bogus"], "--bogus というオプションはありません", "No such option"),
        (["gap"], "近いもの: gaps", "Nearest: gaps"),
        (["gaps", "--at", "someday"], "日付として読めません", "is not a date"),
        (["gaps", "--format", "pdf"], "table, csv, json, markdown", "is not one of: table, csv, json, markdown"),
        (["export"], "FORMAT が足りません", "Missing argument"),
        (["export", "pdf"], "turtle, jsonld, trig", "turtle, jsonld, trig"),
    )
    for args, ja, en in cases:
        for lang, text in (("ja", ja), ("en", en)):
            result = CliRunner().invoke(cli, [*args, "--lang", lang])
            assert result.exit_code == 2, args
            assert text in result.stderr
            assert not result.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(shell: str) -> None:
    assert "_TSUNAGARI_COMPLETE" in invoke("completion", shell)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("tsunagari ga", "gaps"),
        ("tsunagari export gra", "graphml"),
        ("tsunagari gaps --format j", "json"),
        ("tsunagari centrality bet", "betweenness"),
        ("tsunagari gaps --area 鳥取", "鳥取市"),
        ("tsunagari gaps --area 3130", "31302"),
        ("tsunagari gaps --field hiki", "hikikomori"),
        ("tsunagari ask partnership-", "partnership-members"),
        ("tsunagari ask partnership-members --part", "--partnership"),
    ],
)
def test_tab_completes_words(words: str, expected: str) -> None:
    environ = {"_TSUNAGARI_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    result = CliRunner().invoke(cli, [], env=environ)
    assert f"plain,{expected}" in result.stdout.splitlines()


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("readme", ["README.md", "README.ja.md"])
def test_every_command_is_in_the_readme(name: str, readme: str) -> None:
    assert f"tsunagari {name}" in (ROOT / readme).read_text(encoding="utf-8")
