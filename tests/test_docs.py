"""What the documents show works: Python blocks run, commands parse, links lead somewhere."""

import re
import shlex
from pathlib import Path

import pytest
import typer

from api.cli.main import app

ROOT = Path(__file__).parents[1]
DOCUMENTS = ("README.md", "ARCHITECTURE.md", "CHANGELOG.md", "benchmarks/README.md")
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


def commands() -> list[str]:
    lines = [line for block in blocks("sh") for line in block.splitlines()]
    return [line for line in lines if line.startswith("modelday ")]


@pytest.mark.parametrize("block", blocks("python"))
def test_python_blocks_run(block: str) -> None:
    exec(compile(block, "README.md", "exec"), {"__name__": "readme"})


def test_there_is_something_to_try() -> None:
    assert len(blocks("python")) >= 1
    assert len(commands()) >= 4


@pytest.mark.parametrize("line", commands())
def test_commands_parse(line: str) -> None:
    _, name, *arguments = shlex.split(line)
    command = typer.main.get_command(app).commands[name]  # type: ignore[attr-defined]
    if hasattr(command, "commands"):
        name, *arguments = arguments
        command = command.commands[name]
    command.make_context(name, arguments)


def test_a_wrong_option_would_be_seen() -> None:
    command = typer.main.get_command(app).commands["check"]  # type: ignore[attr-defined]
    with pytest.raises(Exception, match="no-such-option"):
        command.make_context("check", ["--no-such-option", "a", "b"])


def test_every_command_stands_in_the_table() -> None:
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        for words in (
            (f"{name} {one}" for one in command.commands)
            if hasattr(command, "commands")
            else (name,)
        ):
            assert f"| `{words}` |" in README


def test_the_first_screen_has_picture_and_commands() -> None:
    first = README.splitlines()[:30]
    assert any(line.startswith("![") for line in first)
    assert "make demo" in first
    assert "make test" in first


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(document: str) -> None:
    text = (ROOT / document).read_text("utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert ((ROOT / document).parent / target).exists(), f"{document} points to {target}"
