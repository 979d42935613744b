"""What the documents show works: Python blocks run, commands parse, links lead somewhere."""

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from api.cli.main import app

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", *sorted(f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")))
"""What a user reads."""
DOCUMENTS = (
    *PAGES,
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "benchmarks/README.md",
    "engine/files/FORMAT.md",
)
README = (ROOT / "README.md").read_text("utf-8")


def text_of(document: str) -> str:
    return (ROOT / document).read_text("utf-8")


def blocks(language: str, pages: tuple[str, ...] = PAGES) -> list[str]:
    pattern = re.compile(rf"^```{language}\n(.*?)^```", re.DOTALL | re.MULTILINE)
    return [block for page in pages for block in pattern.findall(text_of(page))]


def commands(pages: tuple[str, ...] = PAGES) -> list[str]:
    lines = [line for block in blocks("sh", pages) for line in block.splitlines()]
    return [line for line in lines if line.startswith("modelday ")]


def command_names() -> Iterator[str]:
    """Every command in the words that are typed: `fill`, `risk fit`."""
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        if hasattr(command, "commands"):
            yield from (f"{name} {one}" for one in command.commands)
        else:
            yield name


def prose(document: str) -> str:
    """The text without its code, in which brackets are no links and hashes no headings."""
    return re.sub(r"^```.*?^```", "", text_of(document), flags=re.DOTALL | re.MULTILINE)


def anchors(document: str) -> set[str]:
    """The headings as a link names them: lower case, no punctuation, hyphens for spaces."""
    headings = re.findall(r"^#+ (.*)$", prose(document), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}


@pytest.mark.parametrize("block", blocks("python"))
def test_python_blocks_run(block: str) -> None:
    exec(compile(block, "docs", "exec"), {"__name__": "docs"})


def test_there_is_something_to_try() -> None:
    assert len(blocks("python")) >= 2
    assert len(commands(("README.md",))) >= 4


@pytest.mark.parametrize("line", sorted(set(commands())))
def test_commands_parse(line: str) -> None:
    _, name, *arguments = shlex.split(line.partition(" > ")[0])
    command = typer.main.get_command(app).commands[name]  # type: ignore[attr-defined]
    if hasattr(command, "commands"):
        name, *arguments = arguments
        command = command.commands[name]
    try:
        command.make_context(name, arguments)
    except typer.Exit:
        assert " --example" in line  # it prints its example and is done


def test_a_wrong_option_would_be_seen() -> None:
    command = typer.main.get_command(app).commands["check"]  # type: ignore[attr-defined]
    with pytest.raises(Exception, match="no-such-option"):
        command.make_context("check", ["--no-such-option", "a", "b"])


@pytest.mark.parametrize("name", sorted(command_names()))
def test_every_command_stands_once_in_the_tables(name: str) -> None:
    assert README.count(f"\n| `{name}` |") == 1


@pytest.mark.parametrize("name", sorted(command_names()))
def test_every_command_is_told_of_on_a_page(name: str) -> None:
    pages = "\n".join(map(text_of, PAGES[1:]))
    assert re.search(rf"(^modelday |`modelday |`|`make ){name}\b", pages, re.MULTILINE)


def test_the_first_screen_has_picture_and_commands() -> None:
    first = README.splitlines()[:30]
    assert any(line.startswith("![") for line in first)
    assert "make demo" in first
    assert "make test" in first


@pytest.mark.parametrize("page", PAGES[1:])
def test_the_readme_leads_to_every_page(page: str) -> None:
    assert f"]({page})" in README


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(document: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(document)):
        file, _, anchor = target.partition("#")
        where = (ROOT / document).parent / file if file else ROOT / document
        assert where.exists(), f"{document} points to {target}"
        if anchor:
            page = str(where.resolve().relative_to(ROOT))
            assert anchor in anchors(page), f"{document} points to {target}"


def floors(heading: str) -> list[list[str]]:
    """The first picture under a heading of ARCHITECTURE.md: each line's names, notes left out."""
    section = text_of("ARCHITECTURE.md").partition(f"\n## {heading}\n")[2]
    picture = section.split("```")[1].strip().splitlines()
    return [re.findall(r"[a-z_]+", line) for line in picture]


def layers(contract: str) -> list[list[str]]:
    """The layers of an import contract, each with its names."""
    settings = tomllib.loads(text_of("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    (found,) = (one["layers"] for one in settings if one["id"] == contract)
    return [re.findall(r"[a-z_]+", layer) for layer in found]


def test_the_picture_of_the_floors_is_the_contract() -> None:
    service, *drawn = floors("The floors")
    assert service[0] == "api"
    assert drawn == layers("floors")


def test_the_picture_of_the_service_is_its_contract() -> None:
    """Here each floor has a note beside it."""
    drawn, wanted = floors("The service"), layers("service-floors")
    assert [line[: len(layer)] for line, layer in zip(drawn, wanted, strict=True)] == wanted
